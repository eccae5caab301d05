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

// The ICU functions that MariaDB's server imports and Wine lacks. All of them fail; the server calls them only for the names
// of time zones.

#define FAILS(name)                  \
    __declspec(dllexport) int name(void) { \
        return 0;                    \
    }

FAILS(u_austrncpy)
FAILS(u_uastrncpy)
FAILS(ucal_close)
FAILS(ucal_get)
FAILS(ucal_getDSTSavings)
FAILS(ucal_getDefaultTimeZone)
FAILS(ucal_getTimeZoneDisplayName)
FAILS(ucal_open)
FAILS(ucal_openTimeZoneIDEnumeration)
FAILS(ucal_setDefaultTimeZone)
FAILS(ucal_setMillis)
FAILS(uenum_close)
FAILS(uenum_next)
