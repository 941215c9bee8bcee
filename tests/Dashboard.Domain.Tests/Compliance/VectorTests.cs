using Dashboard.Domain.Compliance;

namespace Dashboard.Domain.Tests.Compliance;

/// <summary>Every public contact-rule vector, read from the shared file.</summary>
public sealed class VectorTests
{
    private static readonly Dictionary<string, Vector> Vectors = Vector
        .All()
        .ToDictionary(v => v.Id, StringComparer.Ordinal);

    /// <summary>One row for each vector.</summary>
    public static TheoryData<string> Ids => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_gate_answers_as_the_vector_says(string id)
    {
        var vector = Vectors[id];

        var decision = vector.Evaluate();

        Assert.True(
            (vector.Expected, vector.NextAllowedAt) == (decision.Verdict, decision.NextAllowedAt),
            $"{id}: {vector.Why}\nexpected {vector.Expected}, next {vector.NextAllowedAt:O}\n"
                + $"got {decision.Verdict}, next {decision.NextAllowedAt:O}\n"
                + string.Join(
                    '\n',
                    decision.Findings.Select(f => $"{f.Verdict} {f.Rule}: {f.Explanation}")
                )
        );
    }

    [Fact]
    public void The_file_holds_the_135_public_vectors() => Assert.Equal(135, Vectors.Count);
}
