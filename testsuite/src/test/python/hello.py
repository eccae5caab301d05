# Copyright 2026 The Netty named pipe project
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     https://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.

# Sends a line to a server on a named pipe, and prints its answer. docs/peers.md shows the program.
#
#   python hello.py PATH
import sys

with open(sys.argv[1], "r+b", buffering=0) as pipe:
    pipe.write(b"hello from Python\n")
    print(pipe.readline().decode(), end="")
