using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Operators;
using Dashboard.Data.Tests.Commands;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunit;

namespace Dashboard.Data.Tests.Compliance;

/// <summary>A database with three officers, and the commands as they run with and without four eyes.</summary>
public abstract class RuleTest : IAsyncLifetime
{
    private protected const string SevenCalls =
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":7,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","answered"]}""";

    private readonly Settings _settings = new();

    private protected TestDatabase Db { get; private set; } = null!;

    private protected TestClock Clock { get; } = new(TimeProvider.System.GetUtcNow().UtcDateTime);

    private protected CommandRunner Runner { get; private set; } = null!;

    private protected Actor Ada { get; private set; } = null!;

    private protected Actor Ben { get; private set; } = null!;

    private protected Actor Cyd { get; private set; } = null!;

    private protected RuleVersionsQuery Versions => new(Db.Factory);

    private protected RuleChangesQuery Changes => new(Db.Factory);

    private protected RuleListQuery Rules => new(Db.Factory, Clock);

    private protected bool FourEyes
    {
        get => _settings.CurrentValue.FourEyes;
        set => _settings.CurrentValue.FourEyes = value;
    }

    public async ValueTask InitializeAsync()
    {
        Db = await TestDatabase.CreateAsync();
        Runner = new CommandRunner(Db.Factory, Clock, _settings);
        (Ada, Ben, Cyd) = (
            await OfficerAsync("Ada"),
            await OfficerAsync("Ben"),
            await OfficerAsync("Cyd")
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static RuleDraft Draft(
        string name = "Seven calls",
        string condition = SevenCalls
    ) => new() { Name = name, Condition = JsonSerializer.Deserialize<JsonElement>(condition) };

    private protected static JsonElement Calls(int most) =>
        JsonSerializer.Deserialize<JsonElement>(
            SevenCalls.Replace("\"max\":7", $"\"max\":{most}", StringComparison.Ordinal)
        );

    private protected Task<Result<T>> RunAsync<T>(ICommand<T> command, Actor? actor = null) =>
        Runner.RunAsync(command, actor ?? Ada);

    /// <summary>A rule that was saved by Ada, as it is now.</summary>
    private protected async Task<RuleDraft> SavedAsync(RuleDraft? draft = null)
    {
        FourEyes = false;
        var saved = await RunAsync(new SaveRule(draft ?? Draft()));
        Assert.Null(saved.Error);
        return await NowAsync(Assert.Single(saved.Value.RuleIds));
    }

    private protected async Task<RuleDraft> NowAsync(Guid id) => (await Rules.FindAsync(id))!.Rule;

    private protected async Task<RuleChangeRow> ChangeAsync(Guid? id) =>
        (await Changes.FindAsync(id!.Value))!;

    private protected Task<List<AuditLog>> AuditAsync(string type, Guid id) =>
        Db.ReadAsync(d =>
            d.AuditLogs.AsNoTracking()
                .Where(a => a.EntityType == type && a.EntityId == id)
                .OrderBy(a => a.Timestamp)
                .ThenBy(a => a.Id)
                .ToListAsync()
        );

    private async Task<Actor> OfficerAsync(string name)
    {
        var user = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            DisplayName = name,
            UserName = name,
            Email = $"{name}@example.com",
            CreatedAt = Clock.Now,
        };
        await Db.AddAsync(user);
        return Actors.Operator(Roles.ComplianceOfficer, user.Id) with { Name = name };
    }

    private sealed class Settings : IOptionsMonitor<ComplianceOptions>
    {
        public ComplianceOptions CurrentValue { get; } = new();

        public ComplianceOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<ComplianceOptions, string?> listener) => null;
    }
}
