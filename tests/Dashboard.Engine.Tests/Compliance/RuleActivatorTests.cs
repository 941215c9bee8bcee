using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Compliance;
using Dashboard.Engine.Compliance;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Compliance;

/// <summary>Changes of rules come into force at their time, once, or say why they could not.</summary>
public sealed class RuleActivatorTests : EngineTest
{
    private static readonly Actor s_officer = new(
        ActorType.User,
        Guid.CreateVersion7().ToString(),
        "Ada",
        new HashSet<string> { Roles.ComplianceOfficer }
    );

    private RuleActivator Activator => Engine.Get<RuleActivator>();

    [Fact]
    public async Task A_change_comes_into_force_at_its_time_as_the_systems_act()
    {
        var id = await ScheduleAsync(
            new SaveRule(Draft("Later"), "From July", Clock.Now.AddHours(1))
        );

        Assert.Equal(new ActivationResult(0, 0, 0), await Activator.RunOnceAsync(Token));
        Assert.Empty(await RulesAsync());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new ActivationResult(1, 0, 0), await Activator.RunOnceAsync(Token));
        Assert.Equal(new ActivationResult(0, 0, 0), await Activator.RunOnceAsync(Token));

        var rule = Assert.Single(await RulesAsync());
        var version = await Database.ReadAsync(d => d.RuleVersions.SingleAsync(Token));
        Assert.Equal((s_officer.Id, "From July"), (version.SavedBy, version.Note));
        var change = await ChangeAsync(id);
        Assert.Equal((RuleChangeStatus.Applied, Clock.Now), (change.Status, change.AppliedAt));
        var audit = await Database.ReadAsync(d =>
            d.AuditLogs.Where(a => a.EntityId == rule.Id && a.EntityType == "compliance_rule")
                .SingleAsync(Token)
        );
        Assert.Equal((ActorType.System, "rule_activator"), (audit.ActorType, audit.ActorId));
        Assert.Equal(id.ToString(), audit.Metadata!.Value.GetProperty("change_id").GetString());
    }

    [Fact]
    public async Task When_the_rule_changed_meanwhile_it_fails_with_the_reason_and_the_rule_stays()
    {
        var seen = await SavedAsync();
        var id = await ScheduleAsync(
            new SetRuleState(
                seen.Id,
                RuleState.Off,
                seen.UpdatedAt,
                ActivatesAt: Clock.Now.AddHours(1)
            )
        );
        await RunAsync(new SaveRule(RuleDraft.From(seen) with { Name = "Renamed" }));
        Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(new ActivationResult(0, 1, 0), await Activator.RunOnceAsync(Token));
        Assert.Equal(new ActivationResult(0, 0, 0), await Activator.RunOnceAsync(Token));

        var change = await ChangeAsync(id);
        Assert.Equal(RuleChangeStatus.Failed, change.Status);
        Assert.Contains(
            "name is now Renamed (you saw Rule",
            change.Reason,
            StringComparison.Ordinal
        );
        Assert.True(Assert.Single(await RulesAsync()).IsEnabled);
        Assert.Equal(2, await Database.ReadAsync(d => d.RuleVersions.CountAsync(Token)));
    }

    [Fact]
    public async Task Changes_that_build_on_the_same_version_apply_in_the_order_of_their_times()
    {
        var seen = await SavedAsync();
        var late = await ScheduleAsync(
            new DeleteRule(seen.Id, seen.UpdatedAt, ActivatesAt: Clock.Now.AddHours(2))
        );
        var early = await ScheduleAsync(
            new SaveRule(
                RuleDraft.From(seen) with
                {
                    Name = "First",
                },
                ActivatesAt: Clock.Now.AddHours(1)
            )
        );
        Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(new ActivationResult(1, 1, 0), await Activator.RunOnceAsync(Token));

        Assert.Equal(RuleChangeStatus.Applied, (await ChangeAsync(early)).Status);
        Assert.Equal(RuleChangeStatus.Failed, (await ChangeAsync(late)).Status);
        Assert.Equal("First", Assert.Single(await RulesAsync()).Name);
    }

    [Fact]
    public async Task Many_engines_apply_a_change_once()
    {
        for (var i = 0; i < 5; i++)
        {
            await ScheduleAsync(
                new SaveRule(Draft($"Rule of {i}"), ActivatesAt: Clock.Now.AddHours(1))
            );
        }

        var engines = Enumerable.Range(0, 4).Select(_ => NewEngine().Get<RuleActivator>()).ToList();
        Clock.Advance(TimeSpan.FromHours(1));
        var results = await Task.WhenAll(engines.Select(e => e.RunOnceAsync(Token)));

        Assert.Equal(5, results.Sum(r => r.Applied));
        Assert.Equal(0, results.Sum(r => r.Failed));
        Assert.Equal(5, (await RulesAsync()).Count);
        Assert.Equal(5, await Database.ReadAsync(d => d.RuleVersions.CountAsync(Token)));
    }

    [Fact]
    public async Task An_edit_at_the_moment_of_activation_comes_before_it_or_is_refused()
    {
        for (var round = 0; round < 6; round++)
        {
            var name = $"Round {round}";
            var id = await ScheduleAsync(
                new SaveRule(Draft(name), ActivatesAt: Clock.Now.AddMinutes(1))
            );
            Clock.Advance(TimeSpan.FromMinutes(1));

            var edit = RunAsync(
                new EditRuleChange(
                    id,
                    1,
                    [RuleEdit.Save(Draft($"{name}, edited"))],
                    ActivatesAt: Clock.Now.AddDays(9)
                )
            );
            var activation = Activator.RunOnceAsync(Token);
            await Task.WhenAll(edit, activation);

            var edited = (await edit).Succeeded;
            Assert.Equal(edited ? 0 : 1, (await activation).Applied);
            Assert.Equal(edited ? 0 : 1, (await RulesAsync()).Count(r => r.Name == name));
            var change = await ChangeAsync(id);
            Assert.Equal(
                edited ? (RuleChangeStatus.Approved, 2) : (RuleChangeStatus.Applied, 1),
                (change.Status, change.Revision)
            );
        }

        Assert.DoesNotContain(
            await RulesAsync(),
            r => r.Name.EndsWith("edited", StringComparison.Ordinal)
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RuleDraft Draft(string name) =>
        new()
        {
            Name = name,
            Condition = JsonSerializer.Deserialize<JsonElement>(
                """{"kind":"channel_block","channels":["sms"]}"""
            ),
        };

    private Task<Domain.Results.Result<RuleChangeOutcome>> RunAsync(
        ICommand<RuleChangeOutcome> command
    ) => Engine.Get<CommandRunner>().RunAsync(command, s_officer, Token);

    private async Task<Guid> ScheduleAsync(ICommand<RuleChangeOutcome> command)
    {
        var result = await RunAsync(command);
        Assert.Null(result.Error);
        Assert.Equal(RuleChangeProgress.WaitsForTime, result.Value.Progress);
        return result.Value.ChangeId!.Value;
    }

    private async Task<ComplianceRule> SavedAsync()
    {
        await Database.AddAsync(Some.Rule());
        return Assert.Single(await RulesAsync());
    }

    private Task<List<ComplianceRule>> RulesAsync() =>
        Database.ReadAsync(d => d.ComplianceRules.AsNoTracking().ToListAsync(Token));

    private Task<RuleChange> ChangeAsync(Guid id) =>
        Database.ReadAsync(d => d.RuleChanges.AsNoTracking().SingleAsync(c => c.Id == id, Token));
}
