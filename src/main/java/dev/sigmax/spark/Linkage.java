package dev.sigmax.spark;

import dev.sigmax.spark.ClassReferences.Member;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds class files against the libraries that they run with, before any of their code runs: what
 * would end in a {@link LinkageError} is found here as text. A method that is there and does
 * something else is not seen.
 */
final class Linkage {
  private static final String CONSTRUCTOR = "<init>";

  private final ClassLoader loader;
  private final Map<Class<?>, Set<String>> declared = new HashMap<>();

  Linkage(ClassLoader loader) {
    this.loader = loader;
  }

  /** What of others' code a class names that is not there, or is something else now; sorted. */
  Set<String> missing(ClassReferences references) {
    Set<String> missing = new TreeSet<>();
    for (String name : references.classes()) {
      if (isOthers(name) && found(name).isEmpty()) {
        missing.add(dotted(name));
      }
    }
    for (Member member : references.members()) {
      if (isOthers(member.owner())) {
        // A class that is not there is told already.
        found(member.owner()).flatMap(owner -> obstacle(owner, member)).ifPresent(missing::add);
      }
    }
    return missing;
  }

  /** What a class of ours has to implement by now and does not; sorted. */
  Set<String> unimplemented(String className) {
    Set<String> missing = new TreeSet<>();
    try {
      Class<?> type = Class.forName(className, false, loader);
      if (!Modifier.isAbstract(type.getModifiers())) {
        for (Method method : type.getMethods()) {
          if (Modifier.isAbstract(method.getModifiers())) {
            missing.add(className + "." + method.getName() + " that Spark calls");
          }
        }
      }
    } catch (ClassNotFoundException | LinkageError e) {
      missing.add(e.toString());
    }
    return missing;
  }

  private static boolean isOthers(String name) {
    return Stream.of("java/", "javax/", "jdk/", "dev/sigmax/", "[").noneMatch(name::startsWith);
  }

  private Optional<String> obstacle(Class<?> owner, Member member) {
    if (!member.isField() && owner.isInterface() != member.ofInterface()) {
      return Optional.of(
          owner.getName() + " as " + (owner.isInterface() ? "a class" : "an interface"));
    }
    try {
      return has(owner, member)
          ? Optional.empty()
          : Optional.of(owner.getName() + "." + member.name() + member.descriptor());
    } catch (LinkageError e) {
      // Another signature there names a library that is not here, and that ours may never need.
      return Optional.empty();
    }
  }

  private boolean has(Class<?> owner, Member member) {
    if (declared(owner).contains(member.name() + member.descriptor())) {
      return true;
    }
    if (member.name().equals(CONSTRUCTOR)) {
      return false;
    }
    Class<?> above = owner.isInterface() ? Object.class : owner.getSuperclass();
    return (above != null && has(above, member))
        || Stream.of(owner.getInterfaces()).anyMatch(inherited -> has(inherited, member));
  }

  private Set<String> declared(Class<?> owner) {
    Set<String> known = declared.get(owner);
    if (known == null) {
      known = new HashSet<>();
      for (Method method : owner.getDeclaredMethods()) {
        known.add(
            method.getName() + descriptor(method.getReturnType(), method.getParameterTypes()));
      }
      for (Constructor<?> constructor : owner.getDeclaredConstructors()) {
        known.add(CONSTRUCTOR + descriptor(void.class, constructor.getParameterTypes()));
      }
      for (Field field : owner.getDeclaredFields()) {
        known.add(field.getName() + field.getType().descriptorString());
      }
      declared.put(owner, known);
    }
    return known;
  }

  private static String descriptor(Class<?> result, Class<?>[] parameters) {
    return MethodType.methodType(result, parameters).toMethodDescriptorString();
  }

  private Optional<Class<?>> found(String name) {
    try {
      return Optional.of(Class.forName(dotted(name), false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static String dotted(String name) {
    return name.replace('/', '.');
  }
}
