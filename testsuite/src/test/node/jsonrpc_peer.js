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

// JSON-RPC over a named pipe, with vscode-jsonrpc. DIRECTORY contains the unpacked npm package.
//
//   node jsonrpc_peer.js DIRECTORY serve PATH   serves one client until it disconnects
//   node jsonrpc_peer.js DIRECTORY call PATH    calls each method of a server, and prints the results
//   node jsonrpc_peer.js DIRECTORY wait PATH    sends a request that is never answered, and waits for the end of the server
'use strict';

const path = require('path');

const [directory, command, pipe] = process.argv.slice(2);
const rpc = require(path.resolve(directory, 'lib/node/main.js'));

const LARGE = 1 << 20;
const REQUEST_CANCELLED = -32800; // of the Language Server Protocol

function fail(error) {
    console.log(error.stack || String(error));
    process.exit(1);
}

function connection([reader, writer]) {
    const result = rpc.createMessageConnection(reader, writer);
    result.onError(([error]) => fail(error));
    return result;
}

async function serve() {
    const transport = await rpc.createClientPipeTransport(pipe);
    const client = connection(await transport.onConnected());
    const notes = [];
    client.onNotification('note', (text) => notes.push(text));
    client.onRequest('notes', () => notes);
    client.onRequest('add', (a, b) => a + b);
    client.onRequest('echo', (text) => text);
    client.onRequest('fail', () => new rpc.ResponseError(1234, 'requested error', {detail: 'none'}));
    client.onRequest('wait', (token) => new Promise((resolve) => {
        token.onCancellationRequested(() => resolve(new rpc.ResponseError(REQUEST_CANCELLED, 'cancelled')));
        client.sendNotification('waiting');
    }));
    client.onClose(() => console.log(`${notes.length} notes, closed`));
    client.listen();
}

async function error(promise) {
    try {
        return `no error, but ${await promise}`;
    } catch (e) {
        return `error ${e.code} ${e.message} ${JSON.stringify(e.data)}`;
    }
}

async function call() {
    const server = connection(rpc.createServerPipeTransport(pipe));
    const waiting = new Promise((resolve) => server.onNotification('waiting', resolve));
    server.onClose(() => console.log('closed'));
    server.listen();
    for (const text of ['one', 'two', 'gr\u00fc\u00dfe']) {
        await server.sendNotification('note', text);
    }
    console.log(`notes ${await server.sendRequest('notes')}`);
    const sums = await Promise.all(Array.from({length: 100}, (_, i) => server.sendRequest('add', i, 1)));
    console.log(`sums ${sums.every((sum, i) => sum === i + 1)}`);
    console.log(await error(server.sendRequest('fail')));
    console.log(await error(server.sendRequest('unknown')));
    const large = 'x\u00fc'.repeat(LARGE / 2);
    console.log(`large ${await server.sendRequest('echo', large) === large}`);
    const source = new rpc.CancellationTokenSource();
    const cancelled = error(server.sendRequest('wait', source.token));
    await waiting;
    source.cancel();
    console.log(await cancelled);
    server.end();
}

function wait() {
    const server = connection(rpc.createServerPipeTransport(pipe));
    server.onClose(() => {
        console.log('closed');
        process.exit(0);
    });
    server.listen();
    server.sendRequest('wait').catch(() => {});
}

switch (command) {
    case 'serve':
        serve().catch(fail);
        break;
    case 'call':
        call().catch(fail);
        break;
    case 'wait':
        wait();
        break;
    default:
        fail(new Error('unknown command; the commands are listed at the top of jsonrpc_peer.js'));
}
