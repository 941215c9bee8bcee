using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Compliance;
using Xunit;

namespace Dashboard.Data.Tests.Compliance;

/// <summary>Changes that wait for another officer or for their time.</summary>
public sealed class FourEyesTests : RuleTest
{
    [Fact]
    public async Task Nothing_changes_before_another_officer_approved()
    {
        FourEyes = true;
        var asked = await RunAsync(new SaveRule(Draft(), "Counsel asks"));

        Assert.Equal(RuleChangeProgress.WaitsForApproval, asked.Value.Progress);
        Assert.Empty(await Rules.ListAsync());
        var change = await ChangeAsync(asked.Value.ChangeId);
        Assert.Equal(
            (RuleChangeStatus.Pending, 1, "Ada"),
            (change.Status, change.Revision, change.RequestedByName)
        );

        var approved = await RunAsync(new ApproveRuleChange(change.Id, 1), Ben);

        Assert.Null(approved.Error);
        Assert.Equal(RuleChangeProgress.Applied, approved.Value.Progress);
        var version = Assert.Single(
            await Versions.ListAsync(Assert.Single(approved.Value.RuleIds))
        );
        Assert.Equal(("Ada", "Counsel asks"), (version.SavedBy, version.Note));
        change = await ChangeAsync(change.Id);
        Assert.Equal((RuleChangeStatus.Applied, "Ben"), (change.Status, change.DecidedByName));
        var row = (await AuditAsync("compliance_rule", approved.Value.RuleIds[0]))[^1];
        Assert.Equal(Ada.Id, row.Metadata!.Value.GetProperty("requested_by").GetString());
        Assert.Equal(Ben.Id, row.Metadata.Value.GetProperty("approved_by").GetString());
    }

    [Fact]
    public async Task Every_kind_of_change_waits()
    {
        var rule = await SavedAsync();
        var (id, seen) = (rule.RuleId!.Value, rule.BasedOn!.Value);
        FourEyes = true;

        var waiting = new[]
        {
            await RunAsync(new SetRuleState(id, RuleState.Off, seen)),
            await RunAsync(new DeleteRule(id, seen)),
            await RunAsync(new SaveRule(rule with { Condition = Calls(2) })),
            await RunAsync(new ChangeRules([RuleEdit.Save(Draft("Other"))], "Other")),
        };

        Assert.All(
            waiting,
            w => Assert.Equal(RuleChangeProgress.WaitsForApproval, w.Value.Progress)
        );
        Assert.Equal(RuleState.On, (await NowAsync(id)).State);
        Assert.Equal(4, (await Changes.ListAsync(onlyOpen: true)).Count);
        Assert.Equal(
            ["Turn off: Seven calls", "Delete: Seven calls", "Seven calls"],
            (await Rules.FindAsync(id))!.Waiting.Select(w => w.Title)
        );
    }

    [Fact]
    public async Task Who_asked_can_never_approve_not_even_as_administrator_and_no_machine_can()
    {
        FourEyes = true;
        var asked = await RunAsync(new SaveRule(Draft()));
        var id = asked.Value.ChangeId!.Value;
        var asAdministrator = Ada with
        {
            Roles = new HashSet<string> { Operators.Roles.Administrator },
        };

        var own = await RunAsync(new ApproveRuleChange(id, 1), asAdministrator);
        var key = await RunAsync(
            new ApproveRuleChange(id, 1),
            Ben with
            {
                Id = Guid.CreateVersion7().ToString(),
            }
        );
        var system = await RunAsync(
            new ApproveRuleChange(id, 1),
            Data.Commands.Actor.System("loop")
        );
        FourEyes = false;
        var later = await RunAsync(new ApproveRuleChange(id, 1));

        Assert.All(
            [own.Error, key.Error, system.Error, later.Error],
            e => Assert.Equal("forbidden", e!.Code)
        );
        Assert.Equal(RuleChangeStatus.Pending, (await ChangeAsync(id)).Status);
        var refused = (await AuditAsync("rule_change", id)).FindAll(a => a.Action == "refused");
        Assert.Equal(4, refused.Count);
        Assert.Contains(refused, r => r.ActorType == ActorType.System);
    }

    [Fact]
    public async Task The_api_key_of_an_officer_counts_as_that_officer()
    {
        FourEyes = true;
        var key = new Operators.ApiKey
        {
            Id = Guid.CreateVersion7(),
            Name = "Script",
            KeyHash = [1, 2, 3],
            Scopes = [],
            CreatedAt = Clock.Now,
            CreatedBy = Ada.Id,
        };
        await Db.AddAsync(key);
        var asked = await RunAsync(
            new SaveRule(Draft()),
            Ada with
            {
                Id = key.Id.ToString(),
                Name = "Script",
            }
        );

        var own = await RunAsync(new ApproveRuleChange(asked.Value.ChangeId!.Value, 1), Ada);
        var other = await RunAsync(new ApproveRuleChange(asked.Value.ChangeId.Value, 1), Ben);

        Assert.Equal("forbidden", own.Error!.Code);
        Assert.Null(other.Error);
    }

    [Fact]
    public async Task An_edit_moves_the_revision_and_voids_the_approval()
    {
        FourEyes = true;
        var time = Clock.Now.AddHours(1);
        var id = (await RunAsync(new SaveRule(Draft(), ActivatesAt: time))).Value.ChangeId!.Value;
        Assert.Equal(
            RuleChangeProgress.WaitsForTime,
            (await RunAsync(new ApproveRuleChange(id, 1), Ben)).Value.Progress
        );

        var edited = await RunAsync(
            new EditRuleChange(
                id,
                1,
                [RuleEdit.Save(Draft() with { Condition = Calls(3) })],
                "Three",
                time
            )
        );

        Assert.Equal(RuleChangeProgress.WaitsForApproval, edited.Value.Progress);
        var change = await ChangeAsync(id);
        Assert.Equal(
            (RuleChangeStatus.Pending, 2, null, "Three"),
            (change.Status, change.Revision, change.DecidedByName, change.Note)
        );
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(
            RuleChangeProgress.Nothing,
            (await RunAsync(new ActivateRuleChange(id), Data.Commands.Actor.System("engine")))
                .Value
                .Progress
        );
        Assert.Equal("conflict", (await RunAsync(new ApproveRuleChange(id, 1), Ben)).Error!.Code);
        Assert.Equal(
            "forbidden",
            (await RunAsync(new EditRuleChange(id, 2, [RuleEdit.Save(Draft())]), Ben)).Error!.Code
        );
        Assert.Equal(
            RuleChangeProgress.Applied,
            (await RunAsync(new ApproveRuleChange(id, 2), Cyd)).Value.Progress
        );
        Assert.StartsWith(
            "At most 3",
            Assert.Single(await Rules.ListAsync()).Sentence.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_two_approvals_at_once_one_applies()
    {
        FourEyes = true;
        var id = (await RunAsync(new SaveRule(Draft()))).Value.ChangeId!.Value;

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i => RunAsync(new ApproveRuleChange(id, 1), i % 2 == 0 ? Ben : Cyd))
        );

        var done = Assert.Single(results, r => r.Succeeded);
        Assert.All(
            results.Where(r => !r.Succeeded),
            r => Assert.Equal("illegal_transition", r.Error!.Code)
        );
        Assert.Single(await Versions.ListAsync(Assert.Single(done.Value.RuleIds)));
    }

    [Fact]
    public async Task An_edit_and_an_approval_at_once_never_approve_what_was_not_read()
    {
        FourEyes = true;
        for (var round = 0; round < 6; round++)
        {
            var name = $"Round {round}";
            var id = (await RunAsync(new SaveRule(Draft(name)))).Value.ChangeId!.Value;

            var edit = RunAsync(
                new EditRuleChange(
                    id,
                    1,
                    [RuleEdit.Save(Draft(name) with { Condition = Calls(1) })]
                )
            );
            var approve = RunAsync(new ApproveRuleChange(id, 1), Ben);
            await Task.WhenAll(edit, approve);

            Assert.NotEqual((await edit).Succeeded, (await approve).Succeeded);
            var applied = (await Rules.ListAsync()).SingleOrDefault(r => r.Rule.Name == name);
            Assert.Equal((await approve).Succeeded, applied is not null);
            Assert.True(
                applied is null
                    || applied.Sentence.Text.StartsWith("At most 7", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task When_the_rule_changed_meanwhile_the_approval_is_refused_and_the_change_can_be_made_anew()
    {
        var rule = await SavedAsync();
        FourEyes = true;
        var id = (await RunAsync(new SaveRule(rule with { Condition = Calls(4) })))
            .Value
            .ChangeId!
            .Value;
        FourEyes = false;
        await RunAsync(new SaveRule(rule with { Name = "Renamed" }), Cyd);
        FourEyes = true;

        var refused = await RunAsync(new ApproveRuleChange(id, 1), Ben);

        Assert.Equal("conflict", refused.Error!.Code);
        Assert.Contains(
            "name is now Renamed (you saw Seven calls)",
            refused.Error.Message,
            StringComparison.Ordinal
        );
        var change = await ChangeAsync(id);
        Assert.Equal(RuleChangeStatus.Pending, change.Status);
        Assert.True(Assert.Single(change.Edits).IsStale);

        var now = await NowAsync(rule.RuleId!.Value);
        await RunAsync(
            new EditRuleChange(id, 1, [RuleEdit.Save(now with { Condition = Calls(4) })])
        );
        Assert.False(Assert.Single((await ChangeAsync(id)).Edits).IsStale);
        Assert.Null((await RunAsync(new ApproveRuleChange(id, 2), Ben)).Error);
        Assert.Equal(3, (await Versions.ListAsync(rule.RuleId.Value)).Count);
    }

    [Fact]
    public async Task A_change_can_be_rejected_by_others_and_withdrawn_by_its_author()
    {
        FourEyes = true;
        var first = (await RunAsync(new SaveRule(Draft("First")))).Value.ChangeId!.Value;
        var second = (await RunAsync(new SaveRule(Draft("Second")))).Value.ChangeId!.Value;

        Assert.Equal("forbidden", (await RunAsync(new RejectRuleChange(first, "No"))).Error!.Code);
        Assert.Equal(
            "reason",
            (await RunAsync(new RejectRuleChange(first, " "), Ben)).Error!.Field
        );
        Assert.Null((await RunAsync(new RejectRuleChange(first, "Too strict"), Ben)).Error);
        Assert.Equal(
            "forbidden",
            (await RunAsync(new WithdrawRuleChange(second), Ben)).Error!.Code
        );
        Assert.Null((await RunAsync(new WithdrawRuleChange(second))).Error);

        var change = await ChangeAsync(first);
        Assert.Equal(
            (RuleChangeStatus.Rejected, "Too strict", "Ben"),
            (change.Status, change.Reason, change.DecidedByName)
        );
        Assert.Equal(
            "illegal_transition",
            (await RunAsync(new ApproveRuleChange(first, 1), Cyd)).Error!.Code
        );
        Assert.Equal(
            "illegal_transition",
            (await RunAsync(new EditRuleChange(second, 1, [RuleEdit.Save(Draft())]))).Error!.Code
        );
        Assert.Empty(await Changes.ListAsync(onlyOpen: true));
        Assert.Equal(
            "not_found",
            (await RunAsync(new WithdrawRuleChange(Guid.CreateVersion7()))).Error!.Code
        );
    }

    [Fact]
    public async Task What_was_scheduled_before_four_eyes_needs_an_approval_after_all()
    {
        var id = (await RunAsync(new SaveRule(Draft(), ActivatesAt: Clock.Now.AddHours(1))))
            .Value
            .ChangeId!
            .Value;
        FourEyes = true;
        Clock.Advance(TimeSpan.FromHours(2));

        var activated = await RunAsync(
            new ActivateRuleChange(id),
            Data.Commands.Actor.System("engine")
        );

        Assert.Equal(RuleChangeProgress.WaitsForApproval, activated.Value.Progress);
        Assert.Empty(await Rules.ListAsync());
        Assert.Null((await RunAsync(new ApproveRuleChange(id, 1), Ben)).Error);
        Assert.Single(await Rules.ListAsync());
    }

    [Fact]
    public async Task A_change_shows_before_and_after_of_each_rule()
    {
        var rule = await SavedAsync(Draft() with { Citation = "Law" });
        FourEyes = true;
        var id = (await RunAsync(new SaveRule(rule with { Condition = Calls(5) }))).Value.ChangeId;

        var edit = Assert.Single((await ChangeAsync(id)).Edits);

        var change = Assert.Single(edit.Diff.Changes);
        Assert.Equal(("Most", "7", "5"), (change.Label, change.Before, change.After));
        Assert.StartsWith("At most 5", edit.Diff.SentenceAfter, StringComparison.Ordinal);
        Assert.False(edit.IsStale);
    }
}
