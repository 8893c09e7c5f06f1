package dev.sigmax.spark;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.xbean.asm9.ClassReader;

/**
 * The classes and members that a class file names: what a JVM looks for when its code runs. Read
 * with ASM, which Spark brings for its own closures.
 *
 * @param classes their internal names, {@code java/lang/String}; of arrays those of the elements
 *     are left out
 */
record ClassReferences(Set<String> classes, Set<Member> members) {
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;

  /**
   * A field, a method or a constructor.
   *
   * @param ofInterface whether its owner was an interface to the compiler; false for fields
   */
  record Member(String owner, String name, String descriptor, boolean ofInterface) {
    boolean isField() {
      return descriptor.charAt(0) != '(';
    }
  }

  /** Reads a class file; does not close it. */
  static ClassReferences of(InputStream in) throws IOException {
    ClassReader reader = new ClassReader(in);
    char[] buffer = new char[reader.getMaxStringLength()];
    Set<String> classes = new LinkedHashSet<>();
    Set<Member> members = new LinkedHashSet<>();
    for (int i = 1; i < reader.getItemCount(); i++) {
      int entry = reader.getItem(i);
      int kind = entry == 0 ? 0 : reader.readByte(entry - 1);
      if (kind == CLASS) {
        String name = reader.readUTF8(entry, buffer);
        if (name.charAt(0) != '[') {
          classes.add(name);
        }
      } else if (kind == FIELD || kind == METHOD || kind == INTERFACE_METHOD) {
        int nameAndType = reader.getItem(reader.readUnsignedShort(entry + 2));
        members.add(
            new Member(
                reader.readClass(entry, buffer),
                reader.readUTF8(nameAndType, buffer),
                reader.readUTF8(nameAndType + 2, buffer),
                kind == INTERFACE_METHOD));
      }
    }
    return new ClassReferences(classes, members);
  }
}
