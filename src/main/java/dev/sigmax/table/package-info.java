/**
 * Tables of a Spark catalog: what they take, what runs they have, and the commit that publishes
 * one. Alone in naming Iceberg, a library that is there only where somebody has tables; {@link
 * dev.sigmax.table.TableLibrary} comes before everything else.
 */
package dev.sigmax.table;
