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

// HTTP over named pipes, with Node's module http.
//
//   node http_peer.js serve-http PATH  serves /hello, /echo (POST), /chunks, /endless, and /stop, which stops the server
//   node http_peer.js get-http PATH    requests /hello, /echo and /chunks over one connection
//   node http_peer.js read-http PATH   reads /endless until it is killed
'use strict';

const http = require('http');
const zlib = require('zlib');

const CHUNKS = 40;
const chunk = Buffer.alloc(50000, 'chunk ');

function fail(error) {
    console.log(String(error));
    process.exit(1);
}

// ---- Server ----

function serve(path) {
    const answers = {
        '/hello': (request, response) => response.end('hello from node'),
        '/echo': (request, response) => {
            response.setHeader('Content-Length', request.headers['content-length']);
            request.pipe(response);
        },
        '/chunks': (request, response) => {
            for (let i = 0; i < CHUNKS; i++) {
                response.write(chunk);
            }
            response.end();
        },
        '/endless': (request, response) => {
            const more = () => {
                while (response.write(chunk)) {
                    // until the buffer is full
                }
            };
            response.on('drain', more);
            more();
        },
        '/stop': (request, response) => {
            response.setHeader('Connection', 'close');
            response.end('stopping');
            server.close(() => console.log('stopped'));
        },
    };
    const server = http.createServer((request, response) => {
        console.log(`${request.method} ${request.url}`);
        answers[request.url](request, response);
    });
    server.on('error', fail);
    server.listen(path);
}

// ---- Client ----

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function send(socketPath, method, path, body) {
    return new Promise((resolve, reject) => {
        const headers = body ? { 'Content-Length': body.length } : {};
        const request = http.request({ socketPath, method, path, agent, headers }, (response) => {
            const parts = [];
            response.on('data', (part) => parts.push(part));
            response.on('error', reject);
            response.on('end', () => {
                const whole = Buffer.concat(parts);
                const crc = zlib.crc32(whole).toString(16).padStart(8, '0');
                console.log(`${method} ${path}: ${response.statusCode}, ${whole.length} bytes, ${crc}`);
                resolve(whole);
            });
        });
        request.on('error', reject);
        request.end(body);
    });
}

async function get(socketPath) {
    const body = Buffer.alloc(1500000, 'the body of a request ');
    await send(socketPath, 'GET', '/hello');
    const echo = await send(socketPath, 'POST', '/echo', body);
    if (!echo.equals(body)) {
        throw new Error('/echo answered with another body');
    }
    await send(socketPath, 'GET', '/chunks');
    agent.destroy();
}

function read(socketPath) {
    http.get({ socketPath, path: '/endless' }, (response) => {
        response.on('error', fail);
        response.on('end', () => fail('/endless has ended'));
        response.resume();
    }).on('error', fail);
}

const [command, path] = process.argv.slice(2);
switch (command) {
    case 'serve-http':
        serve(path);
        break;
    case 'get-http':
        get(path).catch(fail);
        break;
    case 'read-http':
        read(path);
        break;
    default:
        fail('unknown command; the commands are listed at the top of http_peer.js');
}
