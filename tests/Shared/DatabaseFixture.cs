using Xunit;

namespace Dashboard.Tests.Shared;

/// <summary>One <see cref="TestDatabase"/> for all tests of a class: <c>IClassFixture&lt;DatabaseFixture&gt;</c>.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    /// <summary>The database; there from the first test on.</summary>
    public TestDatabase Database { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Database = await TestDatabase.CreateAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
