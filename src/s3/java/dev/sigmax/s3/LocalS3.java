package dev.sigmax.s3;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/** A server of S3 in this JVM with an empty bucket, {@code s3a://bucket/}. */
final class LocalS3 implements AutoCloseable {
  private final S3Proxy server;
  private final ConditionalFront front;
  private final FileSystem fileSystem;

  /** Starts it, and lets a configuration know it. */
  LocalS3(Configuration configuration) throws Exception {
    BlobStoreContext context =
        ContextBuilder.newBuilder(new TransientApiMetadata()).build(BlobStoreContext.class);
    BlobStore store = context.getBlobStore();
    store.createContainerInLocation(null, "bucket");
    server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.NONE, null, null)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    front = new ConditionalFront(URI.create("http://127.0.0.1:" + server.getPort()));
    configuration.set("fs.s3a.endpoint", front.address());
    configuration.set("fs.s3a.endpoint.region", "us-east-1");
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set(
        "fs.s3a.aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
    configuration.set("fs.s3a.committer.name", "magic");
    configuration.set("fs.s3a.attempts.maximum", "1");
    configuration.set("fs.s3a.retry.limit", "1");
    configuration.set("fs.s3a.change.detection.mode", "none");
    configuration.setBoolean("fs.s3a.impl.disable.cache", false);
    fileSystem = FileSystem.newInstance(URI.create("s3a://bucket/"), configuration);
  }

  /** What stands before the server. */
  ConditionalFront front() {
    return front;
  }

  /** The bucket. */
  FileSystem fileSystem() {
    return fileSystem;
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
    FileSystem.closeAll();
    front.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
