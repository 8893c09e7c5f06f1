/**
 * Which format the tables of a session's catalogs have, and whether its library is there: comes
 * before anything that names a class of one.
 */
package dev.sigmax.table.catalog;
