package dev.sigmax.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How wide a help may be. */
final class HelpWidth {
  /** Longer lines are tiring, and in files and pipes nobody knows of an edge. */
  static final int MOST = 80;

  private HelpWidth() {}

  /** So wide is the terminal that a help goes to in its colors, if it is narrower than most. */
  static int here() {
    return CommandLine.Help.Ansi.AUTO.enabled() ? Math.min(MOST, ofTerminal()) : MOST;
  }

  /** The parser asks the terminal by a process of its own, and takes {@link #MOST} without one. */
  private static int ofTerminal() {
    UsageMessageSpec message = CommandSpec.create().usageMessage();
    return message.width(MOST).autoWidth(true).width();
  }
}
