/**
 * What is Spark's own business: every use of types that Spark does not promise to keep stands here,
 * or in the columnar plan, its scan and its nodes. All of them, below {@code org.apache.spark.sql}
 * (those of metrics below {@code org.apache.spark}), as {@code SparkInternalsTest} finds them in
 * the class files:
 *
 * <pre>
 *   catalyst.FunctionIdentifier                                  the name and help of a function in a session
 *   catalyst.InternalRow                                         a row, in the signatures of public interfaces
 *   catalyst.analysis.FunctionRegistry                           the name and help of a function in a session
 *   catalyst.analysis.NoSuchFunctionException                    what the public FunctionCatalog throws
 *   catalyst.analysis.SimpleFunctionRegistry                     the name and help of a function in a session
 *   catalyst.analysis.UnresolvedFunction                         calls: a name that is not resolved yet
 *   catalyst.catalog.BucketSpec                                  EXPLAIN: the write of a statement
 *   catalyst.catalog.CatalogStorageFormat                        EXPLAIN: the write of a statement
 *   catalyst.catalog.CatalogTable                                EXPLAIN: the write of a statement
 *   catalyst.catalog.ExternalCatalogUtils                        folders of partitions as Hive writes them
 *   catalyst.expressions.Alias                                   reading the projections of a plan
 *   catalyst.expressions.Attribute                               reading the projections of a plan
 *   catalyst.expressions.AttributeSet                            a job on the columnar path as one logical node
 *   catalyst.expressions.BasePredicate                           a condition on partitions
 *   catalyst.expressions.BinaryOperator                          a condition on rows, as Spark reads it
 *   catalyst.expressions.Cast                                    reading the projections of a plan
 *   catalyst.expressions.CreateArray                             reading the projections of a plan
 *   catalyst.expressions.ExprId                                  reading the projections of a plan
 *   catalyst.expressions.Expression                              reading the projections of a plan
 *   catalyst.expressions.ExpressionInfo                          the name and help of a function in a session
 *   catalyst.expressions.GenericInternalRow                      rows and arrays that functions return
 *   catalyst.expressions.GetArrayItem                            reading the projections of a plan
 *   catalyst.expressions.GetStructField                          reading the projections of a plan
 *   catalyst.expressions.In                                      a condition on rows, as Spark reads it
 *   catalyst.expressions.InSet                                   a condition on rows, as Spark reads it
 *   catalyst.expressions.InheritAnalysisRules                    calls: what an expression is replaced by
 *   catalyst.expressions.IsNotNull                               a condition on rows, as Spark reads it
 *   catalyst.expressions.IsNull                                  a condition on rows, as Spark reads it
 *   catalyst.expressions.Literal                                 reading the projections of a plan
 *   catalyst.expressions.NamedArgumentExpression                 calls: arguments by name
 *   catalyst.expressions.NamedExpression                         reading the projections of a plan
 *   catalyst.expressions.Not                                     a condition on rows, as Spark reads it
 *   catalyst.expressions.Predicate                               a condition on partitions
 *   catalyst.expressions.RuntimeReplaceable                      calls: what an expression is replaced by
 *   catalyst.expressions.SortOrder                               properties of a physical node
 *   catalyst.expressions.StartsWith                              a condition on rows, as Spark reads it
 *   catalyst.expressions.UnsafeArrayData                         rows and arrays that functions return
 *   catalyst.expressions.V2ExpressionUtils                       calls: a bound function as an expression
 *   catalyst.expressions.codegen.CodegenContext                  calls: never run, a call is replaced before
 *   catalyst.expressions.codegen.ExprCode                        calls: never run, a call is replaced before
 *   catalyst.expressions.objects.StaticInvoke                    reading the projections of a plan
 *   catalyst.parser.ParserInterface                              a condition on rows, as Spark reads it
 *   catalyst.plans.logical.Filter                                a condition on rows, as Spark reads it
 *   catalyst.plans.logical.InsertIntoDir                         EXPLAIN: the write of a statement
 *   catalyst.plans.logical.InsertIntoStatement                   EXPLAIN: the write of a statement
 *   catalyst.plans.logical.LeafNode                              a job on the columnar path as one logical node
 *   catalyst.plans.logical.LocalRelation                         a condition on rows, as Spark reads it
 *   catalyst.plans.logical.LogicalPlan                           calls: the rules that resolve them
 *   catalyst.plans.logical.Statistics                            a job on the columnar path as one logical node
 *   catalyst.plans.logical.V2CreateTableAsSelectPlan             EXPLAIN: the write of a statement
 *   catalyst.plans.logical.V2WriteCommand                        EXPLAIN: the write of a statement
 *   catalyst.plans.physical.Partitioning                         properties of a physical node
 *   catalyst.rules.Rule                                          rules, of the analyser and the planner
 *   catalyst.trees.CurrentOrigin                                 calls: the line of code that an error names
 *   catalyst.trees.Origin                                        calls: the line of code that an error names
 *   catalyst.trees.TreeNode                                      rules, of the analyser and the planner
 *   catalyst.trees.TreePattern                                   calls: the rules that resolve them
 *   catalyst.types.DataTypeUtils                                 a schema as attributes
 *   catalyst.util.ArrayData                                      an array, in the signatures of public interfaces
 *   catalyst.util.GenericArrayData                               rows and arrays that functions return
 *   catalyst.util.RebaseDateTime                                 the page reader: dates that may have to be rebased
 *   catalyst.util.package                                        calls: SQL text of an expression
 *   classic.Dataset                                              the session behind the public one
 *   classic.RuntimeConfig                                        the session behind the public one
 *   classic.SparkSession                                         the session behind the public one
 *   execution.ColumnarRule                                       the rule that puts the columnar nodes in
 *   execution.CommandExecutionMode                               EXPLAIN: the write of a statement
 *   execution.FileSourceScanExec                                 the scan that is read in batches
 *   execution.ProjectExec                                        the scan that is read in batches
 *   execution.QueryExecution                                     the session behind the public one
 *   execution.SparkPlan                                          physical nodes
 *   execution.SparkStrategy                                      a job on the columnar path as one logical node
 *   execution.UnaryExecNode                                      physical nodes
 *   execution.command.CreateDataSourceTableAsSelectCommand       EXPLAIN: the write of a statement
 *   execution.command.ExecutedCommandExec                        EXPLAIN: the write of a statement
 *   execution.command.ExplainCommand                             EXPLAIN: the write of a statement
 *   execution.command.InsertIntoDataSourceDirCommand             EXPLAIN: the write of a statement
 *   execution.datasources.DataSourceUtils                        the page reader: dates that may have to be rebased
 *   execution.datasources.EmptyDirectoryDataWriter               the write task, with batches for rows
 *   execution.datasources.FileFormat                             who reads files: Arrow, and whether in batches
 *   execution.datasources.FileFormatDataWriter                   the write task, with batches for rows
 *   execution.datasources.FileIndex                              exactly the files of a snapshot
 *   execution.datasources.FilePartition                          tasks of even size
 *   execution.datasources.FileSourceStrategy                     scans that keep partitions of a table apart
 *   execution.datasources.FileStatusWithMetadata                 exactly the files of a snapshot
 *   execution.datasources.HadoopFsRelation                       exactly the files of a snapshot
 *   execution.datasources.LogicalRelation                        what a plan says of who reads a table
 *   execution.datasources.OutputWriter                           the write task, with batches for rows
 *   execution.datasources.OutputWriterFactory                    the write task, with batches for rows
 *   execution.datasources.PartitionDirectory                     exactly the files of a snapshot
 *   execution.datasources.PartitionedFile                        tasks of even size
 *   execution.datasources.WriteFiles                             EXPLAIN: the write of a statement
 *   execution.datasources.WriteFilesExec                         the write task, with batches for rows
 *   execution.datasources.WriteFilesExecBase                     the write task, with batches for rows
 *   execution.datasources.WriteFilesSpec                         the write task, with batches for rows
 *   execution.datasources.WriteJobDescription                    the write task, with batches for rows
 *   execution.datasources.WriteTaskStatsTracker                  the write task, with batches for rows
 *   execution.datasources.parquet.ParquetColumn                  a file's columns as Spark types
 *   execution.datasources.parquet.ParquetFileFormat              reader and writer of plans, and batch sizes
 *   execution.datasources.parquet.ParquetOptions                 the page reader: settings of a read
 *   execution.datasources.parquet.ParquetReadSupport             a file's columns as Spark types
 *   execution.datasources.parquet.ParquetToSparkSchemaConverter  a file's columns as Spark types
 *   execution.datasources.parquet.ParquetWriteSupport            rows with notes in the footer of their file
 *   execution.datasources.parquet.SparkToParquetSchemaConverter  a file's columns as Spark types
 *   execution.datasources.v2.V2TableWriteExec                    writes by rows, with the reason in the plan
 *   execution.metric.SQLMetric                                   counters of a node
 *   execution.metric.SQLMetrics                                  counters of a node
 *   execution.vectorized.ColumnVectorUtils                       the page reader: values of partitions
 *   execution.vectorized.ConstantColumnVector                    the page reader: values of partitions
 *   execution.vectorized.WritableColumnVector                    where a batch's arrays lie in memory
 *   internal.SQLConf                                             the settings of a session
 *   internal.SessionState                                        the session behind the public one
 *   internal.SqlApiConf                                          calls: the line of code that an error names
 *   metrics.MetricsSystem                                        the metrics of runs
 *   metrics.source.Source                                        the metrics of runs
 * </pre>
 *
 * <p>{@link dev.sigmax.spark.LiteralPaths} has the one option of a read that Spark does not
 * promise.
 *
 * <p>What differs between minors, and what is done about it:
 *
 * <pre>
 *   ParquetToSparkSchemaConverter  each minor has its own list of flags: made from a Configuration
 *   ParquetFileFormat.getSqlConf   from 4.1 on; 4.0 does not ask, and reads batches of its own size
 *   SQLConf, rebase modes          text in 4.0, an enumeration later: read by name
 *   functions of an extension      temporary up to 4.1: registered as built in as well
 *   BYTE_STREAM_SPLIT              read in batches from 4.2 on, by rows before
 *   Parquet 1.15 of 4.0            no leaves for a projection, no limit of rows by name
 *   TIME; GEOMETRY, GEOGRAPHY      from 4.1 on; from 4.2 on: refused by name before
 *   UNKNOWN of Parquet             its values stop the readers of 4.1; 4.0 and 4.2 read them
 *   Hadoop before 3.4.2            no constant for conditional creation: by its name
 *   Hadoop before 3.4.3            does not run on Java 24 and later: refused
 * </pre>
 *
 * <p>{@link dev.sigmax.spark.SparkFit} holds all of this against a Spark that no test ran on.
 */
package dev.sigmax.spark;
