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

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One type of a public API, as text. */
final class PublicType {
    private final Class<?> type;
    private final List<String> members;

    PublicType(Class<?> type) {
        this.type = type;
        members = Stream.of(fields(), constructors(), methods())
                .flatMap(kind -> kind.sorted())
                .toList();
    }

    static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || isPublic(outer));
    }

    /** Returns the declaration, such as {@code public final class A extends B}. */
    String declaration() {
        Class<?> lastOwn = ownClasses().reduce(type, (subclass, superclass) -> superclass);
        String supertype = lastOwn.getGenericSuperclass() == null ? "" : text(lastOwn.getGenericSuperclass());
        boolean plain = supertype.matches("|Object|Record|Enum<.*>");
        String interfaces = ownClasses()
                .flatMap(own -> Arrays.stream(own.getGenericInterfaces()))
                .map(PublicType::text)
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        return "public " + kind() + ' ' + text(type)
                + (plain ? "" : " extends " + supertype)
                + (interfaces.isEmpty() ? "" : (type.isInterface() ? " extends " : " implements ") + interfaces);
    }

    /** Returns one line for each member. */
    List<String> members() {
        return members;
    }

    private String kind() {
        int modifiers = type.getModifiers();
        if (type.isEnum() || type.isRecord()) {
            return type.isEnum() ? "enum" : "record";
        }
        String sealed = type.isSealed() ? "sealed " : "";
        if (type.isInterface()) {
            return sealed + "interface";
        }
        return sealed
                + (Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "")
                + "class";
    }

    private boolean isVisible(Member member) {
        boolean extensible = !Modifier.isFinal(type.getModifiers()) && !type.isSealed() && !type.isEnum();
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers())
                        || (extensible && Modifier.isProtected(member.getModifiers())));
    }

    private Stream<String> fields() {
        return Arrays.stream(type.getDeclaredFields())
                .filter(this::isVisible)
                .map(field -> modifiers(field) + text(field.getGenericType()) + ' ' + field.getName() + value(field));
    }

    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers()) && field.getType() == int.class;
        try {
            return constant ? " = " + field.getInt(null) : "";
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Stream<String> constructors() {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(this::isVisible)
                .map(constructor -> signature(constructor, type.getSimpleName()));
    }

    private Stream<String> methods() {
        return ownClasses()
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
                .filter(this::isVisible)
                .filter(method -> !isOverride(method) && !isGenerated(method))
                .map(method -> signature(method, text(method.getGenericReturnType()) + ' ' + method.getName()))
                .distinct();
    }

    /** Returns the type and its superclasses that are not public, whose methods users call through the type. */
    private Stream<Class<?>> ownClasses() {
        return Stream.<Class<?>>iterate(
                type, current -> current != null && (current == type || !isPublic(current)), Class::getSuperclass);
    }

    private boolean isGenerated(Method method) {
        return type.isEnum() && method.getName().matches("values|valueOf");
    }

    private boolean isOverride(Method method) {
        return publicSupertypes().stream()
                .map(supertype -> sameMethod(supertype, method))
                .anyMatch(overridden -> overridden != null && overridden.getReturnType() == method.getReturnType());
    }

    private static @Nullable Method sameMethod(Class<?> declaring, Method method) {
        try {
            return declaring.getDeclaredMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException absent) {
            return null;
        }
    }

    private Set<Class<?>> publicSupertypes() {
        Set<Class<?>> found = new LinkedHashSet<>();
        collectSupertypes(type, found);
        found.remove(type);
        found.removeIf(supertype -> !isPublic(supertype));
        return found;
    }

    private static void collectSupertypes(@Nullable Class<?> from, Set<Class<?>> found) {
        if (from != null && found.add(from)) {
            collectSupertypes(from.getSuperclass(), found);
            Arrays.stream(from.getInterfaces()).forEach(supertype -> collectSupertypes(supertype, found));
        }
    }

    private static String signature(Executable member, String name) {
        String parameters = Arrays.stream(member.getGenericParameterTypes())
                .map(PublicType::text)
                .collect(Collectors.joining(", "));
        String thrown = Arrays.stream(member.getGenericExceptionTypes())
                .map(PublicType::text)
                .collect(Collectors.joining(", "));
        return modifiers(member)
                + typeParameters(member)
                + name
                + '('
                + parameters
                + ')'
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String typeParameters(Executable member) {
        if (member instanceof Constructor || member.getTypeParameters().length == 0) {
            return "";
        }
        return Arrays.stream(member.getTypeParameters())
                .map(Type::getTypeName)
                .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String modifiers(Member member) {
        int shown = Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;
        int modifiers = member.getModifiers() & (member.getDeclaringClass().isInterface() ? Modifier.STATIC : shown);
        return modifiers == 0 ? "" : Modifier.toString(modifiers) + ' ';
    }

    /** Returns the name of a type without packages. */
    private static String text(Type type) {
        return type.getTypeName()
                .replaceAll("(?:\\b[a-z_0-9]+\\.)+(?=[A-Z])", "")
                .replace('$', '.');
    }
}
