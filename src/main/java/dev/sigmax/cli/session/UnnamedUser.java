package dev.sigmax.cli.session;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.security.UserGroupInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container may run as a user id that no passwd file knows, as Kubernetes and OpenShift do.
 * Hadoop asks for the user's name before anything else, and has no answer there but a stack trace.
 */
public final class UnnamedUser {
  private static final Logger LOG = LoggerFactory.getLogger(UnnamedUser.class);

  private UnnamedUser() {}

  /**
   * Gives the process's user a name to Hadoop where the system has none and nobody has logged in
   * otherwise. Where Hadoop asks for Kerberos, nothing is done: who a user is there is not ours to
   * say. To be called before anything else asks Hadoop.
   */
  public static void name() {
    if (isWindows()) {
      return;
    }
    nameOf(new UnixSystem().getUsername(), UnnamedUser::id, System.getenv())
        .filter(name -> !UserGroupInformation.isSecurityEnabled() && !isLoggedIn())
        .ifPresent(UnnamedUser::take);
  }

  private static void take(String name) {
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
    LOG.warn("the user id {} has no name on this machine; Hadoop is told {}", id(), name);
  }

  /** Of a user without a name Java's own class for that says that its id is 0. */
  private static String id() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException noSuchThing) {
      return "unnamed";
    }
  }

  private static boolean isLoggedIn() {
    try {
      return UserGroupInformation.getLoginUser() != null;
    } catch (IOException nobodyIs) {
      return false;
    }
  }

  /**
   * The name to take.
   *
   * @param known what the system calls the user; null where it has no name
   * @return empty where the system has a name
   */
  static Optional<String> nameOf(
      String known, Supplier<String> id, Map<String, String> environment) {
    return known != null
        ? Optional.empty()
        : Stream.of("HADOOP_USER_NAME", "SPARK_USER")
            .map(environment::get)
            .filter(name -> name != null && !name.isBlank())
            .findFirst()
            .or(() -> Optional.of(id.get()));
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }
}
