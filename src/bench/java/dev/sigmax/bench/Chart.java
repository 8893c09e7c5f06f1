package dev.sigmax.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;

/** The medians as bars, a group a shape, each as a multiple of the reference's time. */
final class Chart {
  private static final int WIDTH = 900;
  private static final int ROW = 22;
  private static final int LABELS = 190;
  private static final double MOST = 30;

  private Chart() {}

  static void draw(Map<String, Map<String, double[]>> results, String reference, Path file)
      throws IOException {
    int rows = results.values().stream().mapToInt(engines -> engines.size() + 2).sum() + 1;
    BufferedImage image = new BufferedImage(WIDTH, rows * ROW, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, WIDTH, rows * ROW);
    int y = ROW;
    for (Map.Entry<String, Map<String, double[]>> shape : results.entrySet()) {
      double base = Bench.median(shape.getValue().get(reference));
      canvas.setColor(Color.BLACK);
      canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
      canvas.drawString(shape.getKey() + ", time as a multiple of " + reference, 10, y);
      canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
      for (Map.Entry<String, double[]> engine : shape.getValue().entrySet()) {
        y += ROW;
        double ratio = Bench.median(engine.getValue()) / base;
        // Logarithmic: half the width is a factor of about five.
        double length = Math.log(1 + Math.min(ratio, MOST)) / Math.log(1 + MOST);
        canvas.setColor(
            engine.getKey().startsWith("Sigmax") ? new Color(0x1f6f5c) : new Color(0xb0b8c0));
        canvas.fillRect(LABELS, y - 13, (int) (length * (WIDTH - LABELS - 150)), 15);
        canvas.setColor(Color.BLACK);
        canvas.drawString(engine.getKey(), 30, y);
        canvas.drawString(
            "%.2f × (%.2f s)".formatted(ratio, Bench.median(engine.getValue())),
            LABELS + 8 + (int) (length * (WIDTH - LABELS - 150)),
            y);
      }
      y += 2 * ROW;
    }
    canvas.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
