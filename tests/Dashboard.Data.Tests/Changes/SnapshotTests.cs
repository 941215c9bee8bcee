using Dashboard.Data.Changes;
using Xunit;

namespace Dashboard.Data.Tests.Changes;

public sealed class SnapshotTests
{
    [Theory]
    [InlineData("100:105:100,103", 99, true)]
    [InlineData("100:105:100,103", 100, false)]
    [InlineData("100:105:100,103", 102, true)]
    [InlineData("100:105:100,103", 103, false)]
    [InlineData("100:105:100,103", 105, false)]
    [InlineData("7:7:", 6, true)]
    // The ids wrapped: 4294967298 is 2 in the next epoch.
    [InlineData("4294967298:4294967300:4294967298", 1, true)]
    [InlineData("4294967298:4294967300:4294967298", 2, false)]
    [InlineData("4294967298:4294967300:4294967298", 4294967290, true)]
    public void It_sees_what_ended_before_it(string snapshot, uint transaction, bool sees) =>
        Assert.Equal(sees, Snapshot.Parse(snapshot).Sees(transaction));
}
