/**
 * The mathematics: sigmoid, softmax, their logarithms and losses, their sums, and what is wrong
 * with a row. Imports java.* and the Vector API, nothing else; knows no Spark, no Parquet, no
 * files.
 *
 * <h2>Where the time goes</h2>
 *
 * Measured on a Xeon with AVX-512 at a nominal 2.6 GHz, OpenJDK 17, vectors of eight doubles, data
 * in the first-level cache ({@code scripts/bench-kernel} and a timer around each method). The limit
 * is two ports that take vector arithmetic, so half a cycle an operation; everything else (loads,
 * stores, the loop itself) runs on other ports beside it.
 *
 * <table>
 * <caption>nanoseconds a logit, and cycles a vector of eight</caption>
 * <tr><th>step<th>ns<th>cycles<th>operations on the two ports<th>their limit
 * <tr><td>exponentials of a float softmax<td>0.75<td>15.6<td>22<td>11
 * <tr><td>exponentials of a double softmax, as pairs<td>1.09<td>22.7<td>37<td>18.5
 * <tr><td>float sigmoid<td>1.29<td>26.8<td>34 and a division of 16 cycles<td>19 to 25
 * <tr><td>double sigmoid<td>1.04<td>21.6<td>34 and a division of 16 cycles<td>19
 * <tr><td>max, float<td>0.01<td>0.3<td>2 for sixteen<td>0.5
 * <tr><td>normalise to float with row sums<td>0.30<td>6.2<td>7<td>3.5
 * <tr><td>gather and scatter of arrays of ten<td>0.8<td>16.6<td>none: scalar loads and stores<td>12
 * </table>
 *
 * So the exponentials run at 70 % of what the ports could do and the double sigmoid at 88 %, its
 * division hidden behind the polynomial. A float softmax over ten columns, 1.73 ns at that clock,
 * is 45 % exponentials; the rest is the maximum, two passes over the stripes of the sums, the
 * division of a row, and normalising, each bound by loads and stores rather than by arithmetic.
 * Arrays of ten add 0.7 to 0.8 ns for putting rows side by side and back: one load, one look into a
 * map and one store a logit each way, which no vector instruction of the API did faster (its gather
 * saved a tenth of it, its scatter took ten times as long). Conversions between float and double
 * take one operation in eleven of the exponentials, and two of the seven of normalising.
 *
 * <h2>What is not here</h2>
 *
 * Where a processor has no fused multiply-add, {@link Math#fma} is exact but slow; all bits stay
 * the same and a logit takes microseconds.
 */
package dev.sigmax.kernel;
