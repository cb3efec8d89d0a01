using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>The drills share one world, and nothing runs beside them: they measure memory and time of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class DrillCollection : ICollectionFixture<DrillWorld>
{
    public const string Name = "Drills";
}
