using System.Globalization;
using Dashboard.Data.Campaigns;
using Dashboard.Data.Commands;
using Dashboard.Data.Imports;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Dashboard.Browser.Tests;

/// <summary>The product's main job on a real ledger: import, enrol, gate, e-mail, and a page that shows it by itself.</summary>
public sealed class EscalationTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_real_ledger_is_escalated_by_e_mail_while_the_Tasks_page_changes_by_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var sink = await SmtpSink.StartAsync();
        await using var program = await RunningProgram.StartAsync(
            database,
            "--Email:Smtp:Host=127.0.0.1",
            $"--Email:Smtp:Port={sink.Port}",
            "--Email:Smtp:StartTls=false",
            "--Engine:Simulation:TimeScale=0"
        );
        await ImportAsync(program);
        var page = await browser.NewPageAsync(program: program);
        await page.GotoAsync("/tasks?state=all");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Tasks" }).WaitForAsync();
        Assert.Equal(0, await page.Locator("[data-task-id]").CountAsync());

        var enrolled = await program
            .Services.GetRequiredService<CommandRunner>()
            .RunAsync(new EnrolCustomers(), Actor.System("test"), CancellationToken.None);
        var expected = enrolled.Value.Enrolled;
        Assert.True(expected > 0);

        // Nobody reloads: the rows come, and their state changes, by the live feed.
        await Assertions
            .Expect(page.Locator("[data-task-id]"))
            .ToHaveCountAsync(expected, new() { Timeout = 30_000 });
        await Assertions
            .Expect(
                page.Locator("[data-task-id] [data-column=state]")
                    .Filter(new() { HasText = "Done" })
            )
            .ToHaveCountAsync(expected, new() { Timeout = 30_000 });
        var recipients = sink.Messages.SelectMany(m => m.To).ToList();
        Assert.Equal(expected, recipients.Count);
        Assert.Equal(expected, recipients.Distinct(StringComparer.Ordinal).Count());
        Assert.All(
            sink.Messages,
            m => Assert.Contains("List-Unsubscribe", m.Raw, StringComparison.Ordinal)
        );
        await using var db = await database.Factory.CreateDbContextAsync();
        Assert.Equal(expected, await db.ContactAttempts.CountAsync());
    }

    /// <summary>The public ledger, its customers in a zone where it is noon now: the time-window rule holds at any hour.</summary>
    private static async Task ImportAsync(RunningProgram program)
    {
        var mapping = LedgerFiles.Mapping();
        mapping.Fields["timezone"] = new FieldMapping { Constant = NoonZone() };
        var report = await program
            .Services.GetRequiredService<ImportRunner>()
            .RunAsync(
                new ImportRequest(
                    ImportKind.Payments,
                    LedgerFiles.Ledger,
                    "accounts-receivable.csv",
                    mapping,
                    Actor.System("test")
                ),
                new Progress<ImportProgress>(),
                CancellationToken.None
            );
        Assert.Equal((100, 2466), (report.Value.CustomersCreated, report.Value.PaymentsCreated));
    }

    private static string NoonZone()
    {
        var hours = 12 - TimeProvider.System.GetUtcNow().Hour;
        // Etc zones count west of Greenwich as plus.
        return string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-hours:+0;-0;+0}");
    }
}
