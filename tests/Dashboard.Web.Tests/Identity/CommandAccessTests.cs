using Dashboard.Data.Commands;
using Dashboard.Data.Customers;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Results;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>Every command × every role through <see cref="CommandRunner"/>; a command that is not in the table fails the test.</summary>
public sealed class CommandAccessTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const string OnlyTheSystem = "";
    private const string Adders = $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";

    /// <summary>Command → roles that may run it, as architecture.md and Roles.cs have it.</summary>
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        // Customers, invoices, campaigns, imports
        ["SaveCustomer"] = Roles.CollectionsManagers,
        ["DeleteCustomer"] = Roles.CollectionsManagers,
        ["AddNote"] = Roles.AnyRole,
        ["RecordPayment"] = Roles.CollectionsManagers,
        ["RecordReply"] = Roles.TaskManagers,
        ["EnrolCustomers"] = Roles.CollectionsManagers,
        ["StartCampaign"] = Roles.CollectionsManagers,
        ["ResumeCampaign"] = Roles.CollectionsManagers,
        ["CompletePaidCampaigns"] = Roles.CollectionsManagers,
        ["SaveMapping"] = Roles.CollectionsManagers,
        ["CreateManualTask"] = Roles.CollectionsManagers,
        ["AddDemoInvoice"] = Roles.CollectionsManagers,
        // Stopping is everyone's
        ["PauseCampaign"] = Roles.Stoppers,
        ["CancelCampaign"] = Roles.Stoppers,
        ["CancelTasks"] = Roles.Stoppers,
        // Tasks and agents
        ["RetryTasks"] = Roles.TaskManagers,
        ["ReassignTasks"] = Roles.TaskManagers,
        ["CompleteHumanTask"] = Roles.TaskManagers,
        ["ClaimTasks"] = Roles.TaskManagers,
        ["StartTask"] = Roles.TaskManagers,
        ["CompleteTask"] = Roles.TaskManagers,
        ["FailTask"] = Roles.TaskManagers,
        ["AssignHumanTask"] = Roles.TaskManagers,
        ["PauseAgent"] = Roles.Supervisors,
        ["DrainAgent"] = Roles.Supervisors,
        ["ResumeAgent"] = Roles.Supervisors,
        // Compliance: a collections manager may add a stop, never take one away
        ["AddOptOut"] = Adders,
        ["ImportOptOuts"] = Adders,
        ["ChangeOptOut"] = Roles.ComplianceOfficers,
        ["RemoveOptOuts"] = Roles.ComplianceOfficers,
        ["RecordInboundSms"] = Roles.Stoppers,
        ["ReviewInboundSms"] = Roles.ComplianceOfficers,
        ["SaveContactPreferences"] = Adders,
        ["RecordConsent"] = Adders,
        ["ConfirmConsent"] = Adders,
        ["RevokeConsent"] = Roles.Stoppers,
        ["SetDoNotContact"] = Roles.ComplianceOfficers,
        ["StartProof"] = Roles.ComplianceOfficers,
        ["CancelProof"] = Roles.ComplianceOfficers,
        ["DecideApprovals"] = Roles.ComplianceOfficers,
        // Rules
        ["ChangeRules"] = Roles.ComplianceOfficers,
        ["SaveRule"] = Roles.ComplianceOfficers,
        ["SetRuleState"] = Roles.ComplianceOfficers,
        ["DeleteRule"] = Roles.ComplianceOfficers,
        ["RestoreRuleVersion"] = Roles.ComplianceOfficers,
        ["EditRuleChange"] = Roles.ComplianceOfficers,
        ["ApproveRuleChange"] = Roles.ComplianceOfficers,
        ["RejectRuleChange"] = Roles.ComplianceOfficers,
        ["WithdrawRuleChange"] = Roles.ComplianceOfficers,
        ["InstallRulePack"] = Roles.ComplianceOfficers,
        ["UpdateRulePack"] = Roles.ComplianceOfficers,
        ["RemoveRulePack"] = Roles.ComplianceOfficers,
        ["ActivateRuleChange"] = OnlyTheSystem,
        ["FailRuleChange"] = OnlyTheSystem,
        ["NoteAuditCheck"] = Roles.ComplianceOfficers,
        ["NoteAuditExport"] = Roles.ComplianceOfficers,
        // Operators and settings
        ["SeedStandards"] = Roles.Administrators,
        ["InviteOperator"] = Roles.Administrators,
        ["RenewSetupLink"] = Roles.Administrators,
        ["ChangeOperatorRoles"] = Roles.Administrators,
        ["LockOperator"] = Roles.Administrators,
        ["UnlockOperator"] = Roles.Administrators,
        ["ResetTwoFactor"] = Roles.Administrators,
        ["SignOutOperator"] = Roles.Administrators,
        ["CreateApiKey"] = Roles.Administrators,
        ["RevokeApiKey"] = Roles.Administrators,
        ["IssueFirstAdministratorLink"] = OnlyTheSystem,
        ["CreateAdministrator"] = OnlyTheSystem,
        ["AcceptSetupLink"] = OnlyTheSystem,
    };

    [Fact]
    public async Task Every_command_runs_for_exactly_its_roles()
    {
        var wrong = new List<string>();
        var commands = CommandMaker.Commands;
        Assert.True(commands.Count > 20);
        foreach (var command in commands)
        {
            if (!s_expected.TryGetValue(command.Name, out var expected))
            {
                wrong.Add($"{command.Name} is not in the table: decide who may run it.");
                continue;
            }

            foreach (var role in Roles.All.Append("none"))
            {
                var refused = await IsRefusedAsync(CommandMaker.Make(command)!, role);
                if (refused == expected.Split(',').Contains(role))
                {
                    wrong.Add($"{command.Name} as {role}: {(refused ? "refused" : "allowed")}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [InlineData(Roles.CollectionsManager, true)]
    [InlineData(Roles.ComplianceOfficer, true)]
    [InlineData(Roles.Supervisor, false)]
    public async Task Do_not_contact_may_be_set_by_more_people_than_may_lift_it(
        string role,
        bool may
    )
    {
        var command = new SetDoNotContact(Guid.CreateVersion7(), true, "asked");
        Assert.Equal(!may, await IsRefusedAsync(command, role));
    }

    private async Task<bool> IsRefusedAsync(object command, string role)
    {
        var result = command
            .GetType()
            .GetInterfaces()
            .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))
            .GetGenericArguments()[0];
        var run = typeof(CommandAccessTests)
            .GetMethod(
                nameof(RunAsync),
                System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance
            )!
            .MakeGenericMethod(result);
        return await (Task<bool>)run.Invoke(this, [command, role])!;
    }

    private async Task<bool> RunAsync<T>(ICommand<T> command, string role)
    {
        var actor = new Actor(
            ActorType.User,
            Guid.CreateVersion7().ToString(),
            role,
            new HashSet<string> { role }
        );
        Result<T> result;
        try
        {
            result = await program
                .Services.GetRequiredService<CommandRunner>()
                .RunAsync(command, actor);
        }
        catch (Exception failure)
            when (failure is not Xunit.Sdk.XunitException && actor.HasAnyRole(command.AllowedRoles))
        {
            // It was let through and then stumbled over its made-up input.
            return false;
        }

        return result.Error?.Code == "forbidden";
    }
}
