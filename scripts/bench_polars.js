// Polars' streaming engine for scripts/bench: a line of tab-separated words a task, "done" an answer.
const pl = require("nodejs-polars");
const lines = require("readline").createInterface({ input: process.stdin });

function columns(table, classes, softmax) {
  const logits = [...Array(classes).keys()].map((i) => pl.col(`logit_${i}`));
  if (!softmax) {
    return table.select(
      pl.col("id"),
      ...logits.map((z, i) => pl.lit(1).div(pl.lit(1).plus(z.multiplyBy(-1).exp())).cast(pl.Float32).alias(`prob_${i}`)));
  }
  const exponentials = logits.map((z, i) => z.minus(pl.col("m")).exp().alias(`e${i}`));
  const names = exponentials.map((_, i) => pl.col(`e${i}`));
  return table
    .withColumns(pl.maxHorizontal(logits).alias("m"))
    .select(pl.col("id"), ...exponentials)
    .withColumns(pl.sumHorizontal(names).alias("s"))
    .select(pl.col("id"), ...names.map((e, i) => e.div(pl.col("s")).alias(`prob_${i}`)));
}

function arrays(table) {
  const z = pl.element();
  const e = z.minus(z.max()).exp();
  return table.select(pl.col("id"), pl.col("logits").lst.eval(e.div(e.sum())).alias("probabilities"));
}

console.log(require("nodejs-polars/package.json").version);
lines.on("line", (line) => {
  const [input, output, classes, form, fn] = line.split("\t");
  try {
    const table = pl.scanParquet(input);
    const scores = form === "array" ? arrays(table) : columns(table, Number(classes), fn === "softmax");
    scores.sinkParquet(output, { compression: "snappy" }).collectSync({ streaming: true });
    console.log("done");
  } catch (e) {
    console.log(String(e).replace(/\n/g, " "));
  }
});
