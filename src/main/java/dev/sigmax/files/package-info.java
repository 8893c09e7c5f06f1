/** This machine's file system, as Hadoop sees it; and which names readers of files pass over. */
package dev.sigmax.files;
