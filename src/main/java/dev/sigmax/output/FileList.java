package dev.sigmax.output;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a manifest says of the file that has its lists of files.
 *
 * @param path beside the manifest
 * @param files how many it lists
 * @param crc32c of the file, eight hexadecimal digits
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record FileList(String path, long files, long bytes, String crc32c) {}
