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

/*
 * A peer without Java: a server and a client of named pipes in C, with the Windows API.
 *
 *   pipe_peer serve-bytes PATH            echoes the bytes of one client until it disconnects
 *   pipe_peer serve-messages PATH         echoes the messages of one client, also empty ones, until it disconnects
 *   pipe_peer serve-sum PATH              reads messages up to an empty one, and answers with their sum
 *   pipe_peer echo-bytes PATH SIZE...     writes blocks, reads the echo at the same time, and compares it
 *   pipe_peer echo-messages PATH SIZE...  the same with messages, and compares their bounds too
 *   pipe_peer send-sum PATH SIZE...       writes messages and an empty one, and compares the sum in the answer
 *
 * The last line of its output is the sum of all it has read: "COUNT messages, TOTAL bytes, CRC". The exit code is 0 if all
 * checks succeed. The servers use blocking calls; the clients read and write at the same time.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define QUOTA 16384
#define READ_SIZE 4096 /* less than most messages, so that they need several reads */
#define CONNECT_TIMEOUT_MS 30000
#define NO_MORE_BLOCKS SIZE_MAX

static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
    exit(1);
}

static void fail_call(const char *call) {
    fail("%s failed: %lu", call, GetLastError());
}

/* The sum of received data: the number of messages, or of reads in byte mode, the number of bytes, and their CRC-32. */
struct sum {
    uint64_t count;
    uint64_t total;
    uint32_t crc;
};

#define EMPTY_SUM {0, 0, 0}

static void add_bytes(struct sum *sum, const unsigned char *bytes, size_t length) {
    sum->total += length;
    uint32_t crc = ~sum->crc;
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
        }
    }
    sum->crc = ~crc;
}

static int print_sum(const struct sum *sum, char *text, size_t size) {
    return snprintf(text, size, "%llu messages, %llu bytes, %08x", (unsigned long long) sum->count,
            (unsigned long long) sum->total, (unsigned) sum->crc);
}

static void tell_sum(const struct sum *sum) {
    char text[100];
    print_sum(sum, text, sizeof text);
    puts(text);
}

/* A growing buffer, for messages that need several reads. */
struct buffer {
    unsigned char *bytes;
    size_t length;
    size_t capacity;
};

static unsigned char *reserve(struct buffer *buffer, size_t more) {
    if (buffer->length + more > buffer->capacity) {
        buffer->capacity = 2 * (buffer->length + more);
        buffer->bytes = realloc(buffer->bytes, buffer->capacity);
        if (buffer->bytes == NULL) {
            fail("out of memory");
        }
    }
    return buffer->bytes + buffer->length;
}

/* ---- Servers ---- */

static HANDLE accept_one(const char *path, DWORD type_and_mode) {
    HANDLE pipe = CreateNamedPipeA(path, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE,
            type_and_mode | PIPE_REJECT_REMOTE_CLIENTS, 1, QUOTA, QUOTA, 0, NULL);
    if (pipe == INVALID_HANDLE_VALUE) {
        fail_call("CreateNamedPipe");
    }
    if (!ConnectNamedPipe(pipe, NULL) && GetLastError() != ERROR_PIPE_CONNECTED) {
        fail_call("ConnectNamedPipe");
    }
    return pipe;
}

/* Reads bytes, or one whole message. Returns FALSE when the client has disconnected. */
static BOOL read_all(HANDLE pipe, struct buffer *message) {
    message->length = 0;
    for (;;) {
        DWORD read = 0;
        BOOL whole = ReadFile(pipe, reserve(message, READ_SIZE), READ_SIZE, &read, NULL);
        DWORD error = whole ? ERROR_SUCCESS : GetLastError();
        if (error == ERROR_BROKEN_PIPE) {
            return FALSE;
        }
        if (error != ERROR_SUCCESS && error != ERROR_MORE_DATA) {
            fail("ReadFile failed: %lu", error);
        }
        message->length += read;
        if (whole) {
            return TRUE;
        }
    }
}

static void write_all(HANDLE pipe, const void *bytes, size_t length) {
    DWORD written = 0;
    if (!WriteFile(pipe, bytes, (DWORD) length, &written, NULL) || written != length) {
        fail_call("WriteFile");
    }
}

static void serve_echo(const char *path, DWORD type_and_mode) {
    HANDLE pipe = accept_one(path, type_and_mode);
    struct buffer message = {NULL, 0, 0};
    struct sum sum = EMPTY_SUM;
    while (read_all(pipe, &message)) {
        sum.count++;
        add_bytes(&sum, message.bytes, message.length);
        write_all(pipe, message.bytes, message.length);
    }
    CloseHandle(pipe);
    tell_sum(&sum);
}

static void serve_sum(const char *path) {
    HANDLE pipe = accept_one(path, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE);
    struct buffer message = {NULL, 0, 0};
    struct sum sum = EMPTY_SUM;
    char text[100];
    for (;;) {
        if (!read_all(pipe, &message)) {
            fail("the client has disconnected without an empty message");
        }
        if (message.length == 0) {
            break;
        }
        sum.count++;
        add_bytes(&sum, message.bytes, message.length);
    }
    write_all(pipe, text, (size_t) print_sum(&sum, text, sizeof text));
    write_all(pipe, text, 0);
    FlushFileBuffers(pipe); /* fails if the client has disconnected */
    CloseHandle(pipe);
    tell_sum(&sum);
}

/* ---- Clients ---- */

/* One direction of a client's pipe, with at most one outstanding operation. */
struct direction {
    OVERLAPPED overlapped;
    BOOL under_way;
};

struct client {
    HANDLE pipe;
    struct direction in;
    struct direction out;
    struct buffer sent;      /* the outstanding block */
    struct buffer received;  /* the incomplete message */
    char **sizes;            /* sizes of the blocks, from the command line */
    int size_count;
    int blocks_sent;
    int blocks_received;
};

static HANDLE connect_to(const char *path, DWORD read_mode) {
    ULONGLONG deadline = GetTickCount64() + CONNECT_TIMEOUT_MS;
    for (;;) {
        HANDLE pipe = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
        if (pipe != INVALID_HANDLE_VALUE) {
            if (!SetNamedPipeHandleState(pipe, &read_mode, NULL, NULL)) {
                fail_call("SetNamedPipeHandleState");
            }
            return pipe;
        }
        if (GetLastError() != ERROR_PIPE_BUSY || GetTickCount64() > deadline) {
            fail_call("CreateFile");
        }
        WaitNamedPipeA(path, 100); /* the result of CreateFile decides */
    }
}

static void open_client(struct client *client, const char *path, DWORD read_mode, char **sizes, int size_count) {
    memset(client, 0, sizeof *client);
    client->pipe = connect_to(path, read_mode);
    client->in.overlapped.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    client->out.overlapped.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    client->sizes = sizes;
    client->size_count = size_count;
}

static size_t block_size(const struct client *client, int block) {
    return block < client->size_count ? (size_t) strtoull(client->sizes[block], NULL, 10) : NO_MORE_BLOCKS;
}

/* The bytes of a block are generated from its number. */
static void fill_block(struct buffer *buffer, int block, size_t size) {
    uint32_t state = 2463534242u + (uint32_t) block;
    buffer->length = 0;
    unsigned char *bytes = reserve(buffer, size);
    for (size_t i = 0; i < size; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes[i] = (unsigned char) (state >> 8);
    }
    buffer->length = size;
}

static void started(struct direction *direction, BOOL at_once, const char *call) {
    DWORD error = at_once ? ERROR_SUCCESS : GetLastError();
    if (error != ERROR_SUCCESS && error != ERROR_IO_PENDING && error != ERROR_MORE_DATA) {
        fail("%s failed: %lu", call, error);
    }
    direction->under_way = TRUE;
}

static void start_write(struct client *client, const void *bytes, size_t length) {
    started(&client->out, WriteFile(client->pipe, bytes, (DWORD) length, NULL, &client->out.overlapped), "WriteFile");
}

static void start_read(struct client *client) {
    unsigned char *to = reserve(&client->received, READ_SIZE);
    started(&client->in, ReadFile(client->pipe, to, READ_SIZE, NULL, &client->in.overlapped), "ReadFile");
}

/* Waits for the outstanding write. */
static void end_write(struct client *client, size_t length) {
    DWORD written = 0;
    if (!GetOverlappedResult(client->pipe, &client->out.overlapped, &written, TRUE) || written != length) {
        fail_call("WriteFile");
    }
    client->out.under_way = FALSE;
}

/* Waits for the outstanding read. Returns whether a message is complete; always TRUE in byte mode. */
static BOOL end_read(struct client *client) {
    DWORD read = 0;
    BOOL whole = GetOverlappedResult(client->pipe, &client->in.overlapped, &read, TRUE);
    if (!whole && GetLastError() != ERROR_MORE_DATA) {
        fail_call("ReadFile");
    }
    client->in.under_way = FALSE;
    client->received.length += read;
    return whole;
}

static void expect_block(struct client *client, struct sum *sum, const unsigned char *bytes, size_t size) {
    struct buffer expected = {NULL, 0, 0};
    fill_block(&expected, client->blocks_received, size);
    if (memcmp(bytes, expected.bytes, size) != 0) {
        fail("the echo of block %d differs", client->blocks_received);
    }
    free(expected.bytes);
    add_bytes(sum, bytes, size);
    sum->count++;
    client->blocks_received++;
}

/* In byte mode: removes all complete blocks from the received bytes. */
static void take_blocks(struct client *client, struct sum *sum) {
    size_t taken = 0;
    size_t size = block_size(client, client->blocks_received);
    while (size != NO_MORE_BLOCKS && client->received.length - taken >= size) {
        expect_block(client, sum, client->received.bytes + taken, size);
        taken += size;
        size = block_size(client, client->blocks_received);
    }
    client->received.length -= taken;
    memmove(client->received.bytes, client->received.bytes + taken, client->received.length);
}

static void take_message(struct client *client, struct sum *sum) {
    size_t size = block_size(client, client->blocks_received);
    if (client->received.length != size) {
        fail("the echo of message %d has %llu bytes", client->blocks_received,
                (unsigned long long) client->received.length);
    }
    expect_block(client, sum, client->received.bytes, size);
    client->received.length = 0;
}

static void write_next_block(struct client *client) {
    size_t size = block_size(client, client->blocks_sent);
    if (size != NO_MORE_BLOCKS) {
        fill_block(&client->sent, client->blocks_sent, size);
        start_write(client, client->sent.bytes, size);
        client->blocks_sent++;
    }
}

static void echo(const char *path, DWORD read_mode, char **sizes, int size_count) {
    struct client client;
    struct sum sum = EMPTY_SUM;
    open_client(&client, path, read_mode, sizes, size_count);
    while (client.blocks_received < size_count) {
        if (!client.in.under_way) {
            start_read(&client);
        }
        if (!client.out.under_way) {
            write_next_block(&client);
        }
        HANDLE events[] = {client.in.overlapped.hEvent, client.out.overlapped.hEvent};
        DWORD which = WaitForMultipleObjects(client.out.under_way ? 2 : 1, events, FALSE, INFINITE);
        if (which == WAIT_OBJECT_0 + 1) {
            end_write(&client, client.sent.length);
        } else if (which == WAIT_OBJECT_0) {
            if (!end_read(&client)) {
                continue;
            }
            if (read_mode == PIPE_READMODE_MESSAGE) {
                take_message(&client, &sum);
            } else {
                take_blocks(&client, &sum);
            }
        } else {
            fail_call("WaitForMultipleObjects");
        }
    }
    if (client.received.length != 0) {
        fail("%llu bytes too many", (unsigned long long) client.received.length);
    }
    CloseHandle(client.pipe);
    tell_sum(&sum);
}

static void send_sum(const char *path, char **sizes, int size_count) {
    struct client client;
    struct sum sum = EMPTY_SUM;
    char expected[100];
    open_client(&client, path, PIPE_READMODE_MESSAGE, sizes, size_count);
    for (int block = 0; block < size_count; block++) {
        write_next_block(&client);
        end_write(&client, client.sent.length);
        sum.count++;
        add_bytes(&sum, client.sent.bytes, client.sent.length);
    }
    start_write(&client, expected, 0);
    end_write(&client, 0);
    do {
        start_read(&client);
    } while (!end_read(&client));
    int length = print_sum(&sum, expected, sizeof expected);
    if (client.received.length != (size_t) length || memcmp(client.received.bytes, expected, (size_t) length) != 0) {
        fail("the answer is \"%.*s\" instead of \"%s\"", (int) client.received.length, client.received.bytes, expected);
    }
    CloseHandle(client.pipe);
    tell_sum(&sum);
}

int main(int count, char **arguments) {
    const char *command = count < 3 ? "" : arguments[1];
    const char *path = count < 3 ? "" : arguments[2];
    char **sizes = arguments + 3;
    int size_count = count - 3;
    if (strcmp(command, "serve-bytes") == 0) {
        serve_echo(path, PIPE_TYPE_BYTE | PIPE_READMODE_BYTE);
    } else if (strcmp(command, "serve-messages") == 0) {
        serve_echo(path, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE);
    } else if (strcmp(command, "serve-sum") == 0) {
        serve_sum(path);
    } else if (strcmp(command, "echo-bytes") == 0) {
        echo(path, PIPE_READMODE_BYTE, sizes, size_count);
    } else if (strcmp(command, "echo-messages") == 0) {
        echo(path, PIPE_READMODE_MESSAGE, sizes, size_count);
    } else if (strcmp(command, "send-sum") == 0) {
        send_sum(path, sizes, size_count);
    } else {
        fail("unknown command; the commands are listed at the top of pipe_peer.c");
    }
    return 0;
}
