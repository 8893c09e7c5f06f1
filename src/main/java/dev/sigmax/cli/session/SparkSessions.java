package dev.sigmax.cli.session;

import dev.sigmax.SigmaxExtensions;
import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.Outage;
import dev.sigmax.error.UsageException;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.spark.ClassicSession;
import dev.sigmax.spark.SessionSettings;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The Spark session of this process. */
public final class SparkSessions {
  private static final String MASTER = "spark.master";
  private static final String LOCAL = "local";
  private static final String STANDALONE = "spark://";

  /** What Spark calls an application to which its master gave no name. */
  private static final String NOT_REGISTERED = "spark-application-";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** For Java, that numbers are written in 0 to 9 in any locale. */
  private static final String OWN_DIGITS = "-Duser.extensions.format=u-nu-latn";

  private static final String LOOPBACK = "127.0.0.1";

  private static boolean stopped;

  /** Of the session that was opened last; null before any. */
  private static volatile SparkContext opened;

  private SparkSessions() {}

  /**
   * The session that is there, or a new one: as spark-submit says, or on all local cores. Of
   * several steps at once the first opens it.
   *
   * @throws UsageException if it does not start as it is asked for
   * @throws ExternalException if what it stands on is out
   * @throws IllegalStateException after {@link #stop}
   */
  public static synchronized SparkSession open() {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined()) {
      opened = running.get().sparkContext();
      return running.get();
    }
    if (stopped) {
      throw new IllegalStateException("the process is ending: no session opens any more");
    }
    SparkConf conf = conf();
    StartConditions.require(conf);
    try {
      SparkSession session = ClassicSession.getOrCreate(conf, new SigmaxExtensions());
      requireRegistered(conf, session);
      SessionSettings.build(session);
      opened = session.sparkContext();
      return session;
    } catch (ExternalException explained) {
      throw explained;
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      Optional<ExternalException> outage = Outage.explain("Spark does not start", e);
      if (outage.isPresent()) {
        throw outage.get();
      }
      throw new UsageException(
          ErrorName.SPARK_DOES_NOT_START,
          "Spark does not start: "
              + rootMessage(e)
              + ". Check --master, --conf, --driver-memory and the properties file.",
          e);
    }
  }

  /** The Spark of the last session that {@link #open} gave, stopped or not; empty before any. */
  static Optional<SparkContext> opened() {
    return Optional.ofNullable(opened);
  }

  /** Spark goes on for a moment without an application where its master never took it. */
  private static void requireRegistered(SparkConf conf, SparkSession session) {
    if (conf.get(MASTER).startsWith(STANDALONE)
        && session.sparkContext().applicationId().startsWith(NOT_REGISTERED)) {
      session.stop();
      throw new ExternalException(
          ErrorName.MASTER_UNREACHABLE,
          "the Spark master "
              + conf.get(MASTER)
              + " takes a connection, and answers nothing for a minute. It may hang, or may have"
              + " another spark.authenticate.secret; see its log. Try again when it answers.");
    }
  }

  /** Ends the session, if there is one; one that is opening is waited for. None opens later. */
  public static synchronized void stop() {
    stopped = true;
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined()) {
      running.get().stop();
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = Causes.root(failure);
    String message =
        root instanceof ClassNotFoundException
            ? "there is no class " + root.getMessage()
            : String.valueOf(root.getMessage());
    return message.lines().findFirst().orElse(message).replaceFirst("[.]$", "");
  }

  /** Hadoop's configuration as a session would have it, for what needs no session. */
  public static Configuration configuration() {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    return running.isDefined()
        ? running.get().sparkContext().hadoopConfiguration()
        : SparkHadoopUtil.get().newConfiguration(conf());
  }

  /** Whether Spark runs in this process alone. */
  static boolean isLocal() {
    return conf().get(MASTER).startsWith(LOCAL);
  }

  private static SparkConf conf() {
    SparkConf conf =
        new SparkConf()
            .setIfMissing(MASTER, LOCAL + "[*]")
            .setIfMissing("spark.app.name", "sigmax")
            .setIfMissing("spark.sql.session.timeZone", "UTC")
            // Kryo, which many a cluster has by default, cannot write the rows of a calibration,
            // which Spark moves to a disk where memory is short.
            .set("spark.serializer", JavaSerializer.class.getName())
            // A stack trace for each of 10,000 columns, to be shown where a query is wrong.
            .setIfMissing("spark.sql.dataFrameQueryContext.enabled", "false");
    if (conf.get(MASTER).startsWith(LOCAL)) {
      conf.setIfMissing("spark.hadoop." + LocalFiles.SETTING, LocalFiles.class.getName());
      // Nobody outside this machine has a part in a local run.
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      conf.setIfMissing("spark.ui.enabled", "false");
    } else {
      // Executors name the parts of an output, in the digits of their locale.
      conf.set(
          EXECUTOR_OPTIONS, (conf.get(EXECUTOR_OPTIONS, "") + " " + OWN_DIGITS).stripLeading());
    }
    return conf;
  }
}
