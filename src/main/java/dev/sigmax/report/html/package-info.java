/** Pages: HTML and SVG in one file, from plain values. */
package dev.sigmax.report.html;
