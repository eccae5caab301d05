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

// Byte streams over named pipes, with Node's module net. The commands are those of pipe_peer.c.
//
//   node stream_peer.js serve-bytes PATH         echoes the bytes of one client until it disconnects
//   node stream_peer.js echo-bytes PATH SIZE...  writes blocks, reads the echo at the same time, and compares it
'use strict';

const net = require('net');
const zlib = require('zlib');

class Sum {
    count = 0;
    total = 0;
    crc = 0;

    add(bytes) {
        this.count++;
        this.total += bytes.length;
        this.crc = zlib.crc32(bytes, this.crc);
    }

    print() {
        const crc = this.crc.toString(16).padStart(8, '0');
        console.log(`${this.count} messages, ${this.total} bytes, ${crc}`);
    }
}

function fail(error) {
    console.log(String(error));
    process.exit(1);
}

function serve(path) {
    const server = net.createServer((socket) => {
        const sum = new Sum();
        server.close(); // no second client
        socket.on('data', (bytes) => sum.add(bytes));
        socket.on('error', fail);
        socket.on('close', () => sum.print());
        socket.pipe(socket);
    });
    server.on('error', fail);
    server.listen(path);
}

function block(number, size) {
    const bytes = Buffer.alloc(size);
    for (let i = 0; i < size; i++) {
        bytes[i] = Math.imul(i + 1, 2654435761 + 2 * number) >>> 13;
    }
    return bytes;
}

function echo(path, sizes) {
    const blocks = sizes.map((size, number) => block(number, size));
    const total = sizes.reduce((a, b) => a + b, 0);
    const received = [];
    const sum = new Sum();
    const socket = net.connect(path, () => blocks.forEach((bytes) => socket.write(bytes)));
    socket.on('error', fail);
    socket.on('data', (bytes) => {
        received.push(bytes);
        sum.add(bytes);
        if (sum.total === total) {
            socket.end();
        }
    });
    socket.on('close', () => {
        if (!Buffer.concat(received).equals(Buffer.concat(blocks))) {
            fail(`the echo of ${total} bytes differs; it has ${sum.total} bytes`);
        }
        sum.print();
    });
}

const [command, path, ...sizes] = process.argv.slice(2);
switch (command) {
    case 'serve-bytes':
        serve(path);
        break;
    case 'echo-bytes':
        echo(path, sizes.map(Number));
        break;
    default:
        fail('unknown command; the commands are listed at the top of stream_peer.js');
}
