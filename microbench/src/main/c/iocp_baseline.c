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
 * The baseline of the benchmarks: the cost of named pipes and a completion port, used directly from C.
 *
 *   iocp_baseline echo   [connections=1] [idle=0] [messages=10000] [size=68] [depth=1] [repetitions=5] [latency=0]
 *   iocp_baseline accept [messages=1000] [repetitions=5]
 *
 * echo: a server thread and a client thread, each with its own port, handle the two ends of all connections. Each
 * connection keeps `depth` messages of `size` bytes outstanding until `messages` messages have returned. The server
 * writes from the buffer that it has read into. The connections stay open for all repetitions; a short warm-up comes
 * first. The idle connections have an outstanding read at both ends. With latency=1 the latency of each message is
 * recorded too; reading the clock takes time, so the throughput of such a run is not valid.
 *
 * accept: clients connect one after the other; each reads one byte that the server sends, and closes. The server has
 * eight listening instances. It replaces a connected instance, sends the byte, and reads until the client has closed.
 *
 * Prints lines of CSV: metric,repetition,value. Repetition -1 is the median of all. If a call fails, prints its name
 * and exits with code 1.
 */
#define _WIN32_WINNT 0x0601
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { QUOTA = 65536, LARGEST_BUFFER = 4 * 1024 * 1024, BATCH = 64, BACKLOG = 8, MAX_REPETITIONS = 1001 };

/* The results of a read that pends, and of one that reaches the end of the stream; others are numbers of bytes. */
enum { PENDING = -1, ENDED = -2 };

typedef struct {
    OVERLAPPED read, write, connect;
    HANDLE handle;
    char *in;
    int inLength;
    int writing; /* a write is outstanding */
    /* of the client: messages sent, answered, and to be sent when the outstanding write has completed */
    int sent, answered, owed;
    int partial; /* bytes of an incomplete message */
    long long *stamps; /* the times at which the outstanding messages were sent */
} End;

static struct {
    int connections, idle, messages, size, depth, repetitions, latency;
} arg = {1, 0, 10000, 68, 1, 5, 0};

static char name[64];
static char *payload;
static int payloadLength;
static double *samples;
static long long sampleCount;
static double results[MAX_REPETITIONS];

static void fail(const char *call) {
    fprintf(stderr, "%s failed: %lu\n", call, GetLastError());
    exit(1);
}

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory) fail("calloc");
    return memory;
}

static double nanoseconds(void) {
    static LARGE_INTEGER frequency;
    LARGE_INTEGER now;
    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&now);
    return now.QuadPart * 1e9 / frequency.QuadPart;
}

/* ---- calls */

static HANDLE newPort(void) {
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    if (!port) fail("CreateIoCompletionPort");
    return port;
}

static HANDLE newInstance(int first) {
    HANDLE pipe = CreateNamedPipeA(
        name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0),
        PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES, QUOTA, QUOTA, 0, NULL);
    if (pipe == INVALID_HANDLE_VALUE) fail("CreateNamedPipe");
    return pipe;
}

static HANDLE openClient(void) {
    for (;;) {
        HANDLE pipe = CreateFileA(
            name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
        if (pipe != INVALID_HANDLE_VALUE) return pipe;
        if (GetLastError() != ERROR_PIPE_BUSY) fail("CreateFile");
        WaitNamedPipeA(name, NMPWAIT_WAIT_FOREVER);
    }
}

static void associate(HANDLE port, End *end) {
    if (!CreateIoCompletionPort(end->handle, port, (ULONG_PTR)end, 0)) fail("CreateIoCompletionPort");
    if (!SetFileCompletionNotificationModes(
            end->handle, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE))
        fail("SetFileCompletionNotificationModes");
}

static ULONG waitForPackets(HANDLE port, OVERLAPPED_ENTRY *packets) {
    ULONG count;
    if (!GetQueuedCompletionStatusEx(port, packets, BATCH, &count, INFINITE, FALSE)) fail("GetQueuedCompletionStatusEx");
    return count;
}

static int startRead(End *end) {
    memset(&end->read, 0, sizeof(OVERLAPPED));
    if (ReadFile(end->handle, end->in, end->inLength, NULL, &end->read)) return (int)end->read.InternalHigh;
    if (GetLastError() == ERROR_IO_PENDING) return PENDING;
    if (GetLastError() == ERROR_BROKEN_PIPE) return ENDED;
    fail("ReadFile");
    return ENDED;
}

static int bytesOf(const OVERLAPPED_ENTRY *packet) {
    return packet->lpOverlapped->Internal ? ENDED : (int)packet->dwNumberOfBytesTransferred;
}

static void startWrite(End *end, const char *bytes, int length) {
    memset(&end->write, 0, sizeof(OVERLAPPED));
    if (WriteFile(end->handle, bytes, length, NULL, &end->write)) return;
    if (GetLastError() != ERROR_IO_PENDING) fail("WriteFile");
    end->writing = 1;
}

/* ---- echo: server */

/* Echoes until a read or a write pends. */
static int serve(End *end, int bytes) {
    while (bytes >= 0) {
        startWrite(end, end->in, bytes);
        if (end->writing) return 1;
        bytes = startRead(end);
    }
    return bytes == PENDING;
}

static DWORD WINAPI serveAll(void *argument) {
    End *ends = argument;
    HANDLE port = newPort();
    OVERLAPPED_ENTRY packets[BATCH];
    int live = arg.connections + arg.idle;
    for (int i = 0; i < arg.connections + arg.idle; i++) {
        associate(port, &ends[i]);
        if (!serve(&ends[i], startRead(&ends[i]))) live--;
    }
    while (live > 0) {
        ULONG count = waitForPackets(port, packets);
        for (ULONG i = 0; i < count; i++) {
            End *end = (End *)packets[i].lpCompletionKey;
            int bytes = bytesOf(&packets[i]);
            if (packets[i].lpOverlapped == &end->write) {
                end->writing = 0;
                bytes = startRead(end);
            }
            if (!serve(end, bytes)) live--;
        }
    }
    CloseHandle(port);
    return 0;
}

/* ---- echo: client */

/* Sends the messages that are due, at most a full payload per write. */
static void pay(End *end) {
    while (end->owed > 0 && !end->writing) {
        int most = payloadLength / arg.size;
        int count = end->owed < most ? end->owed : most;
        if (arg.latency) {
            long long now = (long long)nanoseconds();
            for (int i = 0; i < count; i++) end->stamps[(end->sent + i) % arg.depth] = now;
        }
        end->owed -= count;
        end->sent += count;
        startWrite(end, payload, count * arg.size);
    }
}

static void takeAnswers(End *end, int bytes) {
    end->partial += bytes;
    int count = end->partial / arg.size;
    end->partial %= arg.size;
    if (arg.latency && count > 0) {
        long long now = (long long)nanoseconds();
        for (int i = 0; i < count; i++)
            samples[sampleCount++] = (double)(now - end->stamps[(end->answered + i) % arg.depth]);
    }
    end->answered += count;
    int left = arg.messages - end->sent - end->owed;
    end->owed += count < left ? count : left;
}

/* Reads answers and sends the same number of messages, until a read pends. Returns whether all are answered. */
static int converse(End *end, int bytes) {
    while (bytes != PENDING) {
        if (bytes == ENDED) fail("the server");
        takeAnswers(end, bytes);
        if (end->answered == arg.messages) return 1;
        pay(end);
        bytes = startRead(end);
    }
    return 0;
}

static void start(End *end) {
    end->sent = end->answered = end->partial = 0;
    end->owed = arg.depth < arg.messages ? arg.depth : arg.messages;
    pay(end);
}

/* Runs one repetition on all connections. Returns the time per message. */
static double repetition(HANDLE port, End *ends) {
    OVERLAPPED_ENTRY packets[BATCH];
    int left = arg.connections;
    sampleCount = 0;
    double begin = nanoseconds();
    for (int i = 0; i < arg.connections; i++) start(&ends[i]);
    for (int i = 0; i < arg.connections; i++) left -= converse(&ends[i], startRead(&ends[i]));
    while (left > 0) {
        ULONG count = waitForPackets(port, packets);
        for (ULONG i = 0; i < count; i++) {
            End *end = (End *)packets[i].lpCompletionKey;
            if (packets[i].lpOverlapped == &end->write) {
                end->writing = 0;
                pay(end);
            } else {
                left -= converse(end, bytesOf(&packets[i]));
            }
        }
    }
    return (nanoseconds() - begin) / arg.messages / arg.connections;
}

/* ---- results */

static int compare(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static void print(const char *metric, int repetition, double value) {
    printf("%s,%d,%.1f\n", metric, repetition, value);
}

static void printMedian(const char *metric) {
    qsort(results, arg.repetitions, sizeof(double), compare);
    print(metric, -1, (results[(arg.repetitions - 1) / 2] + results[arg.repetitions / 2]) / 2);
}

static void printLatencies(int repetition) {
    static const struct {
        const char *metric;
        double share;
    } percentiles[] = {
        {"latency_p50_ns", 0.5}, {"latency_p90_ns", 0.9}, {"latency_p99_ns", 0.99}, {"latency_p99.9_ns", 0.999},
        {"latency_max_ns", 1},
    };
    qsort(samples, sampleCount, sizeof(double), compare);
    for (int i = 0; i < 5; i++)
        print(percentiles[i].metric, repetition, samples[(long long)((sampleCount - 1) * percentiles[i].share)]);
}

/* ---- echo */

static End *newEnds(int count) {
    End *ends = allocate(count, sizeof(End));
    long long window = (long long)arg.size * arg.depth;
    for (int i = 0; i < count; i++) {
        ends[i].inLength = window < QUOTA ? QUOTA : window < LARGEST_BUFFER ? (int)window : LARGEST_BUFFER;
        ends[i].in = malloc(ends[i].inLength);
        if (!ends[i].in) fail("malloc");
        if (arg.latency) ends[i].stamps = allocate(arg.depth, sizeof(long long));
    }
    return ends;
}

static void echo(void) {
    int total = arg.connections + arg.idle;
    End *servers = newEnds(total), *clients = newEnds(total);
    HANDLE port = newPort();
    /* At least one message, and at most a window. */
    payloadLength = clients[0].inLength / arg.size * arg.size;
    if (payloadLength == 0) payloadLength = arg.size;
    payload = allocate(payloadLength, 1);
    if (arg.latency) samples = allocate((size_t)arg.messages * arg.connections, sizeof(double));
    for (int i = 0; i < total; i++) {
        servers[i].handle = newInstance(i == 0);
        clients[i].handle = openClient();
        associate(port, &clients[i]);
    }
    HANDLE thread = CreateThread(NULL, 0, serveAll, servers, 0, NULL);
    if (!thread) fail("CreateThread");
    for (int i = arg.connections; i < total; i++)
        if (startRead(&clients[i]) != PENDING) fail("an idle read");
    int all = arg.messages;
    arg.messages = all / 10 + 1;
    repetition(port, clients);
    arg.messages = all;
    for (int i = 0; i < arg.repetitions; i++) {
        results[i] = repetition(port, clients);
        print("ns_per_message", i, results[i]);
        if (arg.latency) printLatencies(i);
    }
    printMedian("ns_per_message");
    for (int i = 0; i < total; i++) CloseHandle(clients[i].handle);
    WaitForSingleObject(thread, INFINITE);
}

/* ---- accept */

static int listenOn(HANDLE port, End *end, int first) {
    end->handle = newInstance(first);
    associate(port, end);
    memset(&end->connect, 0, sizeof(OVERLAPPED));
    if (ConnectNamedPipe(end->handle, &end->connect)) return 1;
    if (GetLastError() == ERROR_PIPE_CONNECTED) return 1;
    if (GetLastError() != ERROR_IO_PENDING) fail("ConnectNamedPipe");
    return 0;
}

/* Replaces a connected instance, and sends a byte to its client. Returns whether the client has closed already. */
static int acceptClient(HANDLE port, End *end, End **spare) {
    End *next = *spare;
    *spare = NULL;
    if (!next) {
        next = allocate(1, sizeof(End));
        next->in = allocate(1, 1);
        next->inLength = 1;
    }
    if (listenOn(port, next, 0)) fail("a client that was not expected");
    startWrite(end, "", 1);
    if (end->writing) fail("a client that does not read");
    return startRead(end) != PENDING;
}

static DWORD WINAPI acceptAll(void *argument) {
    HANDLE port = newPort(), ready = argument;
    OVERLAPPED_ENTRY packets[BATCH];
    End *spare = NULL, *listening[BACKLOG];
    for (int i = 0; i < BACKLOG; i++) {
        listening[i] = allocate(1, sizeof(End));
        listening[i]->in = allocate(1, 1);
        listening[i]->inLength = 1;
        if (listenOn(port, listening[i], i == 0)) fail("a client that was not expected");
    }
    SetEvent(ready);
    for (int left = arg.messages; left > 0;) {
        ULONG count = waitForPackets(port, packets);
        for (ULONG i = 0; i < count; i++) {
            End *end = (End *)packets[i].lpCompletionKey;
            if (packets[i].lpOverlapped != &end->connect || acceptClient(port, end, &spare)) {
                CloseHandle(end->handle);
                spare = end;
                left--;
            }
        }
    }
    /* The listening instances are closed when the process ends; each repetition has its own pipe name. */
    CloseHandle(port);
    return 0;
}

static void connectAll(void) {
    HANDLE port = newPort();
    OVERLAPPED_ENTRY packets[BATCH];
    End client = {0};
    char greeting;
    client.in = &greeting;
    client.inLength = 1;
    for (int i = 0; i < arg.messages; i++) {
        client.handle = openClient();
        associate(port, &client);
        if (startRead(&client) == PENDING) waitForPackets(port, packets);
        CloseHandle(client.handle);
    }
    CloseHandle(port);
}

static void acceptLoop(void) {
    HANDLE ready = CreateEventA(NULL, FALSE, FALSE, NULL);
    for (int i = 0; i < arg.repetitions; i++) {
        sprintf(name, "\\\\.\\pipe\\baseline-%lu-%d", GetCurrentProcessId(), i);
        HANDLE server = CreateThread(NULL, 0, acceptAll, ready, 0, NULL);
        if (!server) fail("CreateThread");
        WaitForSingleObject(ready, INFINITE);
        double begin = nanoseconds();
        connectAll();
        WaitForSingleObject(server, INFINITE);
        results[i] = (nanoseconds() - begin) / arg.messages;
        print("ns_per_accept", i, results[i]);
    }
    printMedian("ns_per_accept");
}

/* ---- arguments */

static int take(const char *text, const char *key, int *value) {
    size_t length = strlen(key);
    if (strncmp(text, key, length) || text[length] != '=') return 0;
    *value = atoi(text + length + 1);
    return 1;
}

static void usage(void) {
    fprintf(stderr, "usage: iocp_baseline echo|accept [connections=] [idle=] [messages=] [size=] [depth=] [repetitions=] [latency=]\n");
    exit(2);
}

int main(int count, char **arguments) {
    if (count < 2) usage();
    for (int i = 2; i < count; i++) {
        const char *text = arguments[i];
        if (!take(text, "connections", &arg.connections) && !take(text, "idle", &arg.idle)
            && !take(text, "messages", &arg.messages) && !take(text, "size", &arg.size)
            && !take(text, "depth", &arg.depth) && !take(text, "repetitions", &arg.repetitions)
            && !take(text, "latency", &arg.latency))
            usage();
    }
    if (arg.connections < 1 || arg.idle < 0 || arg.messages < 1 || arg.size < 1 || arg.depth < 1 || arg.repetitions < 1
        || arg.repetitions > MAX_REPETITIONS)
        usage();
    sprintf(name, "\\\\.\\pipe\\baseline-%lu", GetCurrentProcessId());
    setvbuf(stdout, NULL, _IONBF, 0);
    if (!strcmp(arguments[1], "echo")) echo();
    else if (!strcmp(arguments[1], "accept")) acceptLoop();
    else usage();
    return 0;
}
