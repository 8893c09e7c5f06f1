package dev.sigmax.input;

/** Something in an input folder that is not read, and why. */
public record Skipped(String path, String why) {}
