package dev.sigmax.function;

import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;

/** A function that users call, by the extension's name or by the catalog's. */
public abstract class SigmaxFunction implements UnboundFunction {
  private final Usage usage;

  SigmaxFunction(Usage usage) {
    this.usage = usage;
  }

  public final Usage usage() {
    return usage;
  }

  @Override
  public final String name() {
    return usage.name();
  }

  @Override
  public final String description() {
    return usage.signature() + ": " + usage.does();
  }
}
