/** This machine's file system, as Hadoop sees it. */
package dev.sigmax.files;
