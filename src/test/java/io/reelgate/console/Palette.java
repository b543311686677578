package io.reelgate.console;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Makes a picture of the console small: 256 of its colours, and for the others the nearest of them. */
final class Palette {

    private static final int MOST = 256;

    /** The square of the distance below which two colours look the same. */
    private static final int ALIKE = 40;

    private Palette() {}

    static void write(byte[] png, Path file) throws IOException {
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        int width = picture.getWidth();
        int height = picture.getHeight();
        var pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        var counts = new HashMap<Integer, Integer>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        var colours = chosen(counts);
        var model = new IndexColorModel(8, colours.length, colours, 0, false, -1, 0);
        var small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        var nearest = new HashMap<Integer, Integer>();
        for (int at = 0; at < pixels.length; at++) {
            int index = nearest.computeIfAbsent(pixels[at], pixel -> nearest(pixel, colours));
            small.getRaster().setSample(at % width, at / width, 0, index);
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(small, "png", file.toFile());
    }

    /** The most frequent first, without those that an earlier one stands for: small spots keep their colour. */
    private static int[] chosen(Map<Integer, Integer> counts) {
        var chosen = new ArrayList<Integer>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .filter(colour -> chosen.stream().allMatch(other -> distance(colour, other) > ALIKE))
                .limit(MOST)
                .forEach(chosen::add);
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int nearest(int pixel, int[] colours) {
        int best = 0;
        for (int index = 1; index < colours.length; index++) {
            if (distance(pixel, colours[index]) < distance(pixel, colours[best])) {
                best = index;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        var left = new Color(one);
        var right = new Color(other);
        int red = left.getRed() - right.getRed();
        int green = left.getGreen() - right.getGreen();
        int blue = left.getBlue() - right.getBlue();
        return red * red + green * green + blue * blue;
    }
}
