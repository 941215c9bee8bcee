using System.Text.RegularExpressions;
using Xunit;

namespace Dashboard.Architecture.Tests;

/// <summary>There is one way to a contact attempt, and it leads through the gate.</summary>
public sealed partial class GateTests
{
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

        Assert.Contains(
            writers,
            p => p.Contains("src/Dashboard.Engine/Dispatch/", StringComparison.Ordinal)
        );
        // History of the demo company is written as data; it never reaches a channel.
        Assert.All(
            writers,
            p =>
                Assert.True(
                    p.StartsWith("src/Dashboard.Engine/Dispatch/", StringComparison.Ordinal)
                        || p.Contains("/Demo/", StringComparison.Ordinal),
                    $"{p} writes contact attempts; only the reservation may."
                )
        );
    }

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
