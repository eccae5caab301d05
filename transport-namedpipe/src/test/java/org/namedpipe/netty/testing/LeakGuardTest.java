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
package org.namedpipe.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

class LeakGuardTest {
    private final LeakRecorder recorder = new LeakRecorder();
    private final ResourceLeakDetector<Object> detector = recorder.newResourceLeakDetector(Object.class);

    @Test
    void anObjectThatIsNeverReleasedIsReported() {
        detector.track(new Object());

        assertThatThrownBy(() -> LeakGuard.check(recorder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 leaked")
                .hasMessageContaining(Object.class.getSimpleName());
    }

    @Test
    void aLeakIsReportedOnce() {
        detector.track(new Object());

        assertThat(recorder.collect()).hasSize(1);
        assertThat(recorder.collect()).isEmpty();
    }

    @Test
    void objectsThatAreReleasedOrInUseAreNotReported() {
        Object released = new Object();
        detector.trackForcibly(released).close(released);
        Object inUse = new Object();
        var tracker = detector.trackForcibly(inUse);

        assertThatCode(() -> LeakGuard.check(recorder)).doesNotThrowAnyException();
        assertThat(tracker.close(inUse)).isTrue();
    }

    @Test
    void theBuffersOfEveryTestAreWatched() {
        leakBuffer(PooledByteBufAllocator.DEFAULT);
        leakBuffer(UnpooledByteBufAllocator.DEFAULT);

        assertThat(LeakGuard.RECORDER.collect())
                .hasSize(2)
                .allSatisfy(leak -> assertThat(leak)
                        .startsWith(ByteBuf.class.getSimpleName())
                        .contains("LeakGuardTest.java"));
    }

    private static void leakBuffer(ByteBufAllocator allocator) {
        allocator.directBuffer(16).writeByte(1);
    }
}
