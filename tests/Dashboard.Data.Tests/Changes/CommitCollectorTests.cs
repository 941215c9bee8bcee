using Dashboard.Data.Changes;
using Xunit;

namespace Dashboard.Data.Tests.Changes;

public sealed class CommitCollectorTests
{
    private readonly CommitCollector _commit = new(mostChanges: 3);

    [Fact]
    public void A_row_changed_twice_in_a_commit_is_told_once()
    {
        var change = new Change(Topics.Tasks, Guid.CreateVersion7());
        _commit.Add(change);
        _commit.Add(change);

        Assert.Equal([change], _commit.Take());
    }

    [Fact]
    public void A_large_commit_is_told_as_one_change_per_topic_and_the_next_one_row_by_row_again()
    {
        for (var i = 0; i < 10; i++)
        {
            _commit.Add(new Change(Topics.Tasks, Guid.CreateVersion7()));
            _commit.Add(new Change(Topics.Customers, Guid.CreateVersion7()));
        }

        Assert.Equal(
            [new Change(Topics.Customers, Guid.Empty), new Change(Topics.Tasks, Guid.Empty)],
            _commit.Take().OrderBy(c => c.Topic, StringComparer.Ordinal)
        );
        Assert.True(_commit.IsFlooded(Topics.Tasks));

        _commit.Clear();
        var next = new Change(Topics.Tasks, Guid.CreateVersion7());
        _commit.Add(next);
        Assert.Equal([next], _commit.Take());
    }
}
