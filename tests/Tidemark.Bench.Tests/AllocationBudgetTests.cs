using System.Reflection;
using BenchmarkDotNet.Attributes;
using Tidemark.MicroBenchmarks;

namespace Tidemark.Bench.Tests;

/// <summary>
/// What one operation allocates on the calling thread, against the budgets that stand as data beside the benchmarks.
/// </summary>
[CollectionDefinition(nameof(AllocationBudgetTests), DisableParallelization = true)]
[Collection(nameof(AllocationBudgetTests))]
public sealed class AllocationBudgetTests
{
    private const int WarmUpCount = 300;
    private const int BatchCount = 25;
    private const int BatchSize = 20;

    public static TheoryData<string> Budgets => [.. AllocationBudgets.Read().Keys];

    [Fact]
    public void Every_benchmark_has_a_budget() => Assert.Equal(
        Benchmarks().Select(Name).Order(), AllocationBudgets.Read().Keys.Order());

    [Theory]
    [MemberData(nameof(Budgets))]
    public void An_operation_stays_within_its_budget(string name)
    {
        var method = Benchmarks().Single(benchmark => Name(benchmark) == name);
        var subject = Activator.CreateInstance(method.DeclaringType!)!;
        try
        {
            var operation = method.CreateDelegate<Action>(subject);
            Repeat(operation, WarmUpCount);

            var batches = Enumerable.Range(0, BatchCount).Select(_ => AllocatedBytes(operation)).Order().ToList();

            // The middle batch: one in which a segment begins or ends pays for that file, once for thousands of blocks.
            var bytes = (double)batches[BatchCount / 2] / BatchSize;
            Assert.True(
                bytes <= AllocationBudgets.Read()[name],
                $"{name} allocated {bytes} bytes an operation; batches of {BatchSize}: {string.Join(", ", batches)}.");
        }
        finally
        {
            (subject as IDisposable)?.Dispose();
        }
    }

    private static long AllocatedBytes(Action operation)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(operation, BatchSize);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action operation, int count)
    {
        for (var i = 0; i < count; i++)
            operation();
    }

    private static string Name(MethodInfo method) => $"{method.DeclaringType?.Name}.{method.Name}";

    private static IEnumerable<MethodInfo> Benchmarks() =>
        from type in typeof(AllocationBudgets).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is not null
        select method;
}
