using Dashboard.Benchmarks;

// One verb for each benchmark; a file of its own holds it. The rest of the line goes to it.
var benchmarks = new Dictionary<string, Func<string[], Task>>(StringComparer.Ordinal)
{
    ["backtest"] = BacktestBenchmark.RunAsync,
    ["dispatch"] = DispatchBenchmark.RunAsync,
    ["gate"] = GateBenchmark.RunAsync,
    ["import"] = ImportBenchmark.RunAsync,
    ["proof"] = ProofBenchmark.RunAsync,
    ["write-path"] = WritePathBenchmark.RunAsync,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    await Console.Error.WriteLineAsync(
        $"Usage: ./run bench <{string.Join('|', benchmarks.Keys)}> [options]"
    );
    return 2;
}
await run(args[1..]);
return 0;
