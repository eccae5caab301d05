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
package org.namedpipe.netty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {

    @ParameterizedTest
    @CsvSource({
        "--help,                Frames go to a server",
        "ipc client --help,     --max-message=BYTES",
        "message server -h,     --max-message=BYTES",
        "message client --help, --repeat=N",
        "message call --help,   --timeout=MILLIS",
        "service server --help, --operator=USER",
        "service client --help, 'IDENTIFICATION, IMPERSONATION'",
        "docker attach --help,  --no-upgrade",
        "docker logs --help,    'npipe:////./pipe/docker_engine'",
        "docker engine --help,  Stand in for an engine",
        "relay start --help,    --route=FROM=TO",
        "npcat listen --help,   --hex",
        "npcat connect --help,  --quit",
        "npcat connect -h,      --half-close",
        "relay start -h,        --half-close",
    })
    void explainsItself(String line, String text) throws Exception {
        try (RunningExample help = RunningExample.start(line.split(" ", -1))) {
            assertThat(help.exitCode()).isZero();
            assertThat(help.output()).startsWith("Usage: examples").contains(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                                Missing required subcommand",
        "ping,                                              Unmatched argument",
        "ipc server --max-message=0,                        --max-message must be at least 1",
        "ipc client --repeat=0,                             --repeat must be at least 1",
        "message server --max-message=0,                    --max-message must be at least 1",
        "message client --repeat=0,                         --repeat must be at least 1",
        "message call --timeout=0,                          --timeout must be at least 1",
        "message server --transport=tcp,                    '--transport: only a pipe can do this'",
        "service server --transport=tcp,                    '--transport: only a pipe can do this'",
        "service client --repeat=0,                         --repeat must be at least 1",
        "service client --trust=them,                       'neither me, any, pid:NUMBER nor a SID'",
        "service client --trust=pid:0,                      'neither me, any, pid:NUMBER nor a SID'",
        "service client --level=all,                        'expected one of [ANONYMOUS, IDENTIFICATION'",
        "docker logs,                                       Missing required parameter",
        "docker logs --max-frame=0 x,                       --max-frame must be at least 1",
        "docker ps --host=tcp://nowhere,                    '--host: not a host:port'",
        "docker ps --host=\\\\a\\b,                          '--host: not the address of a named pipe'",
        "relay start,                                       Missing required option: '--route=FROM=TO'",
        "relay start --route=pipe:a,                        'not FROM=TO'",
        "relay start --route=pipe:a=udp:b,                  'neither pipe:NAME nor tcp:HOST:PORT'",
        "relay start --route=pipe:a=tcp:b,                  'not a host:port'",
        "npcat listen --message --transport=tcp,            '--message: only a pipe can do this'",
    })
    void refusesWhatItCannotDo(String line, String problem) throws Exception {
        try (RunningExample refused = RunningExample.start(line.isEmpty() ? new String[0] : line.split(" ", -1))) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.output()).contains(problem).contains("Usage: examples");
        }
    }
}
