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
package org.namedpipe.netty.internal.win32;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/** Win32 error codes that this transport meets, by their names in {@code winerror.h}. */
public final class Win32Error {
    public static final int ERROR_SUCCESS = 0;
    public static final int ERROR_INVALID_FUNCTION = 1;
    public static final int ERROR_FILE_NOT_FOUND = 2;
    public static final int ERROR_PATH_NOT_FOUND = 3;
    public static final int ERROR_TOO_MANY_OPEN_FILES = 4;
    public static final int ERROR_ACCESS_DENIED = 5;
    public static final int ERROR_INVALID_HANDLE = 6;
    public static final int ERROR_NOT_ENOUGH_MEMORY = 8;
    public static final int ERROR_OUTOFMEMORY = 14;
    public static final int ERROR_NOT_READY = 21;
    public static final int ERROR_GEN_FAILURE = 31;
    public static final int ERROR_SHARING_VIOLATION = 32;
    public static final int ERROR_HANDLE_EOF = 38;
    public static final int ERROR_NOT_SUPPORTED = 50;
    public static final int ERROR_REM_NOT_LIST = 51;
    public static final int ERROR_BAD_NETPATH = 53;
    public static final int ERROR_NETWORK_BUSY = 54;
    public static final int ERROR_UNEXP_NET_ERR = 59;
    public static final int ERROR_NETNAME_DELETED = 64;
    public static final int ERROR_NETWORK_ACCESS_DENIED = 65;
    public static final int ERROR_BAD_DEV_TYPE = 66;
    public static final int ERROR_BAD_NET_NAME = 67;
    public static final int ERROR_SHARING_PAUSED = 70;
    public static final int ERROR_REQ_NOT_ACCEP = 71;
    public static final int ERROR_INVALID_PARAMETER = 87;
    public static final int ERROR_BROKEN_PIPE = 109;
    public static final int ERROR_CALL_NOT_IMPLEMENTED = 120;
    public static final int ERROR_SEM_TIMEOUT = 121;
    public static final int ERROR_INSUFFICIENT_BUFFER = 122;
    public static final int ERROR_INVALID_NAME = 123;
    public static final int ERROR_PROC_NOT_FOUND = 127;
    public static final int ERROR_BAD_PATHNAME = 161;
    public static final int ERROR_BUSY = 170;
    public static final int ERROR_ALREADY_EXISTS = 183;
    public static final int ERROR_FILENAME_EXCED_RANGE = 206;
    public static final int ERROR_PIPE_LOCAL = 229;
    public static final int ERROR_BAD_PIPE = 230;
    public static final int ERROR_PIPE_BUSY = 231;
    public static final int ERROR_NO_DATA = 232;
    public static final int ERROR_PIPE_NOT_CONNECTED = 233;
    public static final int ERROR_MORE_DATA = 234;
    public static final int WAIT_TIMEOUT = 258;
    public static final int ERROR_MR_MID_NOT_FOUND = 317;
    public static final int ERROR_PIPE_CONNECTED = 535;
    public static final int ERROR_PIPE_LISTENING = 536;
    public static final int ERROR_ABANDONED_WAIT_0 = 735;
    public static final int ERROR_OPERATION_ABORTED = 995;
    public static final int ERROR_IO_INCOMPLETE = 996;
    public static final int ERROR_IO_PENDING = 997;
    public static final int ERROR_NOACCESS = 998;
    public static final int ERROR_NO_TOKEN = 1008;
    public static final int ERROR_NOT_FOUND = 1168;
    public static final int ERROR_CANCELLED = 1223;
    public static final int ERROR_NETWORK_UNREACHABLE = 1231;
    public static final int ERROR_HOST_UNREACHABLE = 1232;
    public static final int ERROR_CONNECTION_ABORTED = 1236;
    public static final int ERROR_UNKNOWN_REVISION = 1305;
    public static final int ERROR_INVALID_LABEL = 1299;
    public static final int ERROR_INVALID_OWNER = 1307;
    public static final int ERROR_NO_SUCH_LOGON_SESSION = 1312;
    public static final int ERROR_NO_SUCH_PRIVILEGE = 1313;
    public static final int ERROR_PRIVILEGE_NOT_HELD = 1314;
    public static final int ERROR_LOGON_FAILURE = 1326;
    public static final int ERROR_NONE_MAPPED = 1332;
    public static final int ERROR_INVALID_ACL = 1336;
    public static final int ERROR_INVALID_SID = 1337;
    public static final int ERROR_INVALID_SECURITY_DESCR = 1338;
    public static final int ERROR_BAD_INHERITANCE_ACL = 1340;
    public static final int ERROR_BAD_IMPERSONATION_LEVEL = 1346;
    public static final int ERROR_CANT_OPEN_ANONYMOUS = 1347;
    public static final int ERROR_CANNOT_IMPERSONATE = 1368;
    public static final int ERROR_LOGON_TYPE_NOT_GRANTED = 1385;
    public static final int ERROR_NO_SYSTEM_RESOURCES = 1450;
    public static final int ERROR_COMMITMENT_LIMIT = 1455;
    public static final int ERROR_TIMEOUT = 1460;
    public static final int ERROR_NOT_ENOUGH_QUOTA = 1816;

    /** The names above by their values; read from the class, so that there is one list. */
    private static final class Symbols {
        static final Map<Integer, String> BY_CODE = read();

        private static Map<Integer, String> read() {
            Map<Integer, String> byCode = new HashMap<>();
            for (Field field : Win32Error.class.getFields()) {
                try {
                    byCode.put(field.getInt(null), field.getName());
                } catch (IllegalAccessException e) {
                    throw new AssertionError("a public field of a public class", e);
                }
            }
            return byCode;
        }
    }

    private Win32Error() {}

    /** Returns whether what a {@link Kernel} method that returns a value returned is a negated error code. */
    public static boolean isError(long valueOrNegatedCode) {
        return valueOrNegatedCode < 0;
    }

    /**
     * The error code of a call that failed.
     *
     * @param negatedCode what the call returned; {@link #isError} holds for it
     */
    public static int codeOf(long negatedCode) {
        assert negatedCode < 0;
        return (int) -negatedCode;
    }

    /** The name of a code in {@code winerror.h}, or {@code "ERROR 9999"} for one that is not in this class. */
    public static String symbol(int code) {
        return Symbols.BY_CODE.getOrDefault(code, "ERROR " + Integer.toUnsignedString(code));
    }

    /** A code for a message: {@code "ERROR_NO_DATA (232)"}, or {@code "ERROR 9999"}. */
    public static String describe(int code) {
        return isNamed(code) ? symbol(code) + " (" + code + ')' : symbol(code);
    }

    static boolean isNamed(int code) {
        return Symbols.BY_CODE.containsKey(code);
    }
}
