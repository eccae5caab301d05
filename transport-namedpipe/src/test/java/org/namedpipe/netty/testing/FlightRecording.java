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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records events of pipes with Java Flight Recorder from its creation on. */
public final class FlightRecording implements AutoCloseable {
    private static final String PREFIX = "org.namedpipe.NamedPipe";
    private static final List<String> ALL =
            List.of("Connect", "BusyWait", "Accept", "StalledWrite", "Close", "PeerRejection");

    @StackTrace(false)
    private static final class NewChunk extends Event {
        @SuppressWarnings("unused") // read by Flight Recorder
        String text = "";
    }

    private final Recording recording = new Recording();

    private FlightRecording() {}

    /** Records events, named without their prefix, that take at least {@code threshold}; no others are enabled. */
    public static FlightRecording of(Duration threshold, String... names) {
        FlightRecording started = new FlightRecording();
        ALL.forEach(name -> started.recording.disable(PREFIX + name));
        for (String name : names) {
            started.recording.enable(PREFIX + name).withThreshold(threshold);
        }
        started.recording.enable(NewChunk.class);
        started.recording.start();
        started.forgetStrings();
        return started;
    }

    /**
     * Keeps strings of earlier recordings out of this one. The JVM's pool of strings distinguishes chunks by one bit: a string
     * that was last used an even number of chunks ago is treated as one of this chunk, and read as {@code null} (112 of 1135 in
     * a program without Netty, Java 17). An event and a new chunk make it drop them.
     */
    private void forgetStrings() {
        NewChunk event = new NewChunk();
        event.text = "long enough for the pool of strings";
        event.commit();
        try {
            dump();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the events so far. */
    public List<RecordedEvent> events() throws IOException {
        return dump().stream()
                .filter(event -> event.getEventType().getName().startsWith(PREFIX))
                .toList();
    }

    private List<RecordedEvent> dump() throws IOException {
        Path file = Files.createTempFile("namedpipe", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Returns the events of one name so far, oldest first. */
    public List<RecordedEvent> events(String name) throws IOException {
        return events().stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    @Override
    public void close() {
        recording.close();
    }
}
