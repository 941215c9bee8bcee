using System.Text.RegularExpressions;
using Xunit;

namespace Dashboard.Architecture.Tests;

/// <summary>There is one way to a contact attempt, and it leads through the gate.</summary>
public sealed partial class GateTests
{
    private const string Reservation = "src/Dashboard.Data/Contacts/Reservation/";

    /// <summary>The one file; the statement is in none of the product's code but there.</summary>
    private const string Statement = Reservation + "Reserve.sql";

    [Fact]
    public void Only_the_reservation_inserts_contact_attempts()
    {
        var writers = Sources
            .Below("src", ".cs", ".sql", ".razor")
            .Where(f =>
                InsertIntoAttempts().IsMatch(f.Text)
                || AddsAttempts().IsMatch(f.Text)
                || CreatesAttempt().IsMatch(f.Text)
            )
            .Select(f => f.Path)
            .ToList();

        Assert.Contains(Statement, writers);
        // History of the demo company is written as data; it never reaches a channel.
        Assert.All(
            writers,
            p =>
                Assert.True(
                    p == Statement || p.Contains("/Demo/", StringComparison.Ordinal),
                    $"{p} writes contact attempts; only the reservation may."
                )
        );
    }

    [Fact]
    public void Only_the_one_method_runs_the_statement()
    {
        var sources = Sources.Below("src", ".cs", ".razor").ToList();

        // The statement is run by the reservation's record, that is made by the one method, after it has held everything.
        Assert.Equal(
            [Reservation + "AttemptReservation.cs"],
            sources.Where(f => f.Text.Contains("\"Reserve\"")).Select(f => f.Path)
        );
        Assert.Equal(
            [Reservation + "ContactReservation.cs"],
            sources.Where(f => MakesReservation().IsMatch(f.Text)).Select(f => f.Path)
        );
        Assert.Equal(
            [Reservation + "Refuser.cs"],
            sources.Where(f => MakesAllow().IsMatch(f.Text)).Select(f => f.Path)
        );
    }

    [Fact]
    public void The_dispatcher_and_people_and_programs_come_through_the_same_method()
    {
        var callers = Sources
            .Below("src", ".cs", ".razor")
            .Where(f => ClaimsToReserve().IsMatch(f.Text))
            .Select(f => f.Path)
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "src/Dashboard.Data/Tasks/StartTask.cs",
                "src/Dashboard.Engine/Dispatch/Dispatcher.cs",
            ],
            callers
        );
    }

    [GeneratedRegex(@"new\s+(TaskClaim\.)(Due|One)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex ClaimsToReserve();

    [GeneratedRegex(@"new\s+AttemptReservation\b")]
    private static partial Regex MakesReservation();

    [GeneratedRegex(@"new\s+Allow\(")]
    private static partial Regex MakesAllow();

    [GeneratedRegex(
        @"(INSERT\s+INTO|COPY)\s+(public\.)?contact_attempts",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex InsertIntoAttempts();

    [GeneratedRegex(
        @"ContactAttempts\s*\.\s*(Add|AddRange|AddAsync)\b",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex AddsAttempts();

    [GeneratedRegex(@"new\s+ContactAttempt\b")]
    private static partial Regex CreatesAttempt();
}
