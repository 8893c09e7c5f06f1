/**
 * This machine's file system, as Hadoop sees it; which names readers of files pass over; and many
 * questions to any file system at once.
 */
package dev.sigmax.files;
