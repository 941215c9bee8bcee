using Dashboard.Data.Compliance.Backtest;
using Dashboard.Web.Features.Compliance.Backtest;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Backtest;

public sealed class BacktestWordingTests
{
    private static readonly BacktestRow s_none = new(
        "",
        12_402,
        31,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        [],
        []
    );

    [Fact]
    public void One_channel_is_named_with_its_parts_and_the_money()
    {
        var row = s_none with { Later = 31, ForGood = 6, Money = [new("USD", 48_209.75m, 12)] };

        Assert.Equal(
            "Would have stopped 37 of 12,402 calls, 31 later and 6 for good; $48,210 behind them.",
            BacktestWording.Headline(Report(row, row with { Name = "phone" }))
        );
    }

    [Fact]
    public void Several_channels_are_contacts_and_many_currencies_are_short()
    {
        var row = s_none with
        {
            ToApproval = 1,
            Escalated = 2,
            Money = [new("USD", 1_240_000m, 3), new("EUR", 19_314m, 1), new("CAD", 700m, 1)],
        };

        Assert.Equal(
            "Would have stopped 3 of 12,402 contacts, 1 until approved and 2 handed to a person; $1.24\u00a0M, €19.3\u00a0k and CAD\u00a0700 behind them.",
            BacktestWording.Headline(
                Report(
                    row,
                    s_none with
                    {
                        Name = "phone",
                        Later = 1,
                    },
                    s_none with
                    {
                        Name = "sms",
                        Later = 1,
                    }
                )
            )
        );
    }

    [Fact]
    public void Nothing_changed_says_so()
    {
        Assert.Equal(
            "Would have changed nothing: 12,402 contacts and 31 refusals stay as they were.",
            BacktestWording.Headline(Report(s_none))
        );
        Assert.Null(BacktestWording.Besides(s_none));
    }

    [Fact]
    public void What_else_would_be_different_follows()
    {
        var row = s_none with { Allowed = 5, MoneyAllowed = [new("USD", 900m, 1)], Warned = 1 };

        Assert.Equal(
            "Would have stopped none of 12,402 contacts.",
            BacktestWording.Headline(Report(row))
        );
        Assert.Equal(
            "It would have let through 5 of 31 refusals ($900 behind them) and put a warning on 1 contact.",
            BacktestWording.Besides(row)
        );
    }

    [Fact]
    public void It_says_what_it_was_compared_with()
    {
        var report = Report(s_none);
        Assert.Equal("Compared with not having this rule.", BacktestWording.Compared(report, null));
        Assert.Equal(
            "Compared with the 2 versions of the rule that were in force. Before 1 Jun 2026, 00:00 UTC no version is on record; the first one stands in.",
            BacktestWording.Compared(
                report with
                {
                    ComparedVersions = 2,
                    VersionsSince = new DateTime(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc),
                },
                null
            )
        );
        Assert.Contains(
            "switches the rule off",
            BacktestWording.Compared(report with { JudgedAsOff = true }, null),
            StringComparison.Ordinal
        );
    }

    private static BacktestReport Report(BacktestRow total, params BacktestRow[] channels) =>
        new(
            default,
            default,
            default,
            "Draft",
            false,
            0,
            null,
            total,
            channels,
            [],
            null,
            null,
            [],
            0
        );
}
