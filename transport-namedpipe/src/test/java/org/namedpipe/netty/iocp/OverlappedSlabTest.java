/*
 * Copyright 2026 The Netty named pipe project
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.namedpipe.netty.iocp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Overlapped;

class OverlappedSlabTest {
    private final OverlappedSlab slab = new OverlappedSlab();

    @Test
    void anAddressHasItsOwnerUntilTheRelease() {
        IocpIoOps owner = IocpIoOps.newRead(FakeHandle.IGNORE);
        int slot = slab.acquire(owner);
        long address = slab.address(slot);
        assertThat(slab.ownerAt(address)).isSameAs(owner);
        slab.release(slot);
        assertThat(slab.ownerAt(address)).isNull();
    }

    @Test
    void otherAddressesHaveNoOwner() {
        long address = slab.address(slab.acquire(IocpIoOps.newRead(FakeHandle.IGNORE)));
        assertThat(slab.ownerAt(address + 8)).isNull();
        assertThat(slab.ownerAt(address - 8)).isNull();
        assertThat(slab.ownerAt(0)).isNull();
        assertThat(slab.ownerAt(-1)).isNull();
        assertThat(slab.ownerAt(Long.MIN_VALUE)).isNull();
        assertThat(slab.ownerAt(address + (1L << 32))).isNull();
    }

    @Test
    void addressesStayWhenTheSlabGrows() {
        List<IocpIoOps> owners = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            IocpIoOps owner = IocpIoOps.newRead(FakeHandle.IGNORE);
            int slot = slab.acquire(owner);
            owners.add(owner);
            addresses.add(slab.address(slot));
        }
        assertThat(new HashSet<>(addresses)).hasSize(5_000);
        assertThat(addresses).allSatisfy(address -> assertThat(address % 8).isZero());
        for (int i = 0; i < 5_000; i++) {
            assertThat(slab.ownerAt(addresses.get(i))).isSameAs(owners.get(i));
        }
        assertThat(slab.inUse()).isEqualTo(5_000);
    }

    @Test
    void aReusedSlotHasANewIdAndIsCleared() {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            int slot = slab.acquire(IocpIoOps.newRead(FakeHandle.IGNORE));
            assertThat(ids.add(slab.id(slot))).as("a new id").isTrue();
            assertThat(slab.status(slot)).isZero();
            assertThat(slab.transferred(slot)).isZero();
            slab.signalAtEnd(slot, -1);
            slab.release(slot);
        }
        assertThat(ids).doesNotContain(0L);
        assertThat(slab.inUse()).isZero();
    }

    @Test
    void blocksDoNotOverlap() {
        long first = slab.address(slab.acquire(IocpIoOps.newRead(FakeHandle.IGNORE)));
        long second = slab.address(slab.acquire(IocpIoOps.newRead(FakeHandle.IGNORE)));
        assertThat(Math.abs(second - first)).isGreaterThanOrEqualTo(Overlapped.SIZE);
    }
}
