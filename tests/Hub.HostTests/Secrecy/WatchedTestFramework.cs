using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: Xunit.TestFramework("DmpFederation.Hub.HostTests.Secrecy.WatchedTestFramework", "Hub.HostTests")]

namespace DmpFederation.Hub.HostTests.Secrecy;

/// <summary>Runs the tests of this assembly as ever, and <see cref="SecrecyTests"/> after all others: it looks at what the whole run wrote.</summary>
public sealed class WatchedTestFramework : XunitTestFramework
{
    public WatchedTestFramework(IMessageSink messages)
        : base(messages) => ProcessOutput.Start();

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink messages, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, messages, execution, options)
    {
        protected override async Task<RunSummary> RunTestCollectionsAsync(IMessageBus messageBus, CancellationTokenSource cancellationTokenSource)
        {
            var all = TestCases.ToList();
            var last = all.FindAll(static test => test.TestMethod.TestClass.Class.Name == typeof(SecrecyTests).FullName);
            TestCases = all.Except(last).ToList();
            var summary = await base.RunTestCollectionsAsync(messageBus, cancellationTokenSource);
            TestCases = last;
            summary.Aggregate(await base.RunTestCollectionsAsync(messageBus, cancellationTokenSource));
            return summary;
        }
    }
}
