package org.mcpagentic.testsupport;

import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The classes and resources that the service ships of our own: its own and those of our libraries.
 *
 * @param classes class files by the names of their classes
 * @param resources paths of all other files, but for what Quarkus takes care of itself ({@code META-INF} and settings)
 */
public record Artifact(Map<String, byte[]> classes, Set<String> resources) {

    /** All that was built together with these classes. */
    public static Artifact of(Class<?>... members) {
        Map<String, byte[]> classes = new java.util.TreeMap<>();
        Set<String> resources = new TreeSet<>();
        for (Class<?> member : members) {
            read(member, classes, resources);
        }
        return new Artifact(classes, resources);
    }

    /**
     * Every type of ours that goes over the wire: what the resource methods take as a body or return, the records that
     * resources declare for their events, and all that is in those.
     */
    public Set<Class<?>> wireTypes() {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (String name : classes.keySet()) {
            Class<?> type = load(name);
            if (type.isAnnotationPresent(Path.class)) {
                for (Class<?> declared : type.getClasses()) {
                    collect(declared, types);
                }
                for (Method method : type.getDeclaredMethods()) {
                    if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                        collect(method.getGenericReturnType(), types);
                        for (Parameter parameter : method.getParameters()) {
                            if (isBody(parameter)) {
                                collect(parameter.getParameterizedType(), types);
                            }
                        }
                    }
                }
            }
        }
        return types;
    }

    /** Calls that find classes, members or services by name at run time, as {@code caller -> callee}. */
    public List<String> reflectiveCalls() {
        List<String> calls = new ArrayList<>();
        classes.forEach((name, bytes) -> {
            ClassModel model = ClassFile.of().parse(bytes);
            for (MethodModel method : model.methods()) {
                method.code().ifPresent(code -> {
                    for (CodeElement element : code) {
                        if (element instanceof InvokeInstruction call && isReflective(call)) {
                            calls.add(name + " -> " + call.owner().asInternalName() + "."
                                    + call.name().stringValue());
                        }
                    }
                });
            }
        });
        return calls;
    }

    /** Whether one of the comma-separated patterns of {@code quarkus.native.resources.includes} takes a resource. */
    public static boolean matches(String includes, String resource) {
        FileSystem files = FileSystems.getDefault();
        return Arrays.stream(includes.split(",", -1))
                .anyMatch(
                        glob -> files.getPathMatcher("glob:" + glob.strip()).matches(java.nio.file.Path.of(resource)));
    }

    private static boolean isReflective(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        return owner.startsWith("java/lang/reflect/")
                || owner.equals("java/util/ServiceLoader")
                || (owner.equals("java/lang/Class")
                        && (name.equals("forName") || name.startsWith("getDeclared") || name.startsWith("getMethod")));
    }

    private static boolean isBody(AnnotatedElement parameter) {
        return Arrays.stream(parameter.getAnnotations())
                .noneMatch(annotation -> annotation.annotationType().getName().startsWith("jakarta.ws.rs."));
    }

    private static void collect(Type type, Set<Class<?>> types) {
        switch (type) {
            case ParameterizedType generic -> {
                for (Type argument : generic.getActualTypeArguments()) {
                    collect(argument, types);
                }
            }
            case Class<?> known -> {
                if (known.getName().startsWith("org.mcpagentic.") && types.add(known) && known.isRecord()) {
                    for (RecordComponent component : known.getRecordComponents()) {
                        collect(component.getGenericType(), types);
                    }
                }
            }
            default -> {}
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(Class<?> member, Map<String, byte[]> classes, Set<String> resources) {
        try {
            java.nio.file.Path home = java.nio.file.Path.of(location(member));
            if (Files.isDirectory(home)) {
                read(home, classes, resources);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(home)) {
                    read(jar.getPath("/"), classes, resources);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI location(Class<?> member) {
        try {
            return member.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(java.nio.file.Path home, Map<String, byte[]> classes, Set<String> resources)
            throws IOException {
        List<java.nio.file.Path> files;
        try (Stream<java.nio.file.Path> walk = Files.walk(home)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (java.nio.file.Path file : files) {
            String name = home.relativize(file).toString();
            if (name.endsWith(".class")) {
                if (!name.endsWith("package-info.class")) {
                    classes.put(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                            Files.readAllBytes(file));
                }
            } else if (!name.startsWith("META-INF/") && !name.equals("application.properties")) {
                resources.add(name);
            }
        }
    }
}
