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

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Evaluates {@link EnabledOnRealWindows}. Only Wine's {@code ntdll} exports {@code wine_get_version}. */
public final class RealWindowsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String reason = AnnotationSupport.findAnnotation(context.getElement(), EnabledOnRealWindows.class)
                .map(EnabledOnRealWindows::value)
                .orElse("");
        return isRealWindows()
                ? ConditionEvaluationResult.enabled("Windows itself")
                : ConditionEvaluationResult.disabled("needs Windows itself", reason);
    }

    /** Returns true on Windows itself, and false under Wine or elsewhere. */
    public static boolean isRealWindows() {
        if (!Platform.isWindows()) {
            return false;
        }
        try {
            NativeLibrary.getInstance("ntdll").getFunction("wine_get_version");
            return false;
        } catch (UnsatisfiedLinkError e) {
            return true;
        }
    }
}
