using System.Collections;
using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>Contacts in order of time: new ones at the end, old ones forgotten at the front without moving the others each time.</summary>
internal sealed class SlidingHistory : IReadOnlyList<PastContact>
{
    private const int LeastToMove = 64;

    private readonly List<PastContact> _contacts = [];
    private int _first;

    /// <inheritdoc />
    public int Count => _contacts.Count - _first;

    /// <inheritdoc />
    public PastContact this[int index] => _contacts[_first + index];

    /// <summary>At the end.</summary>
    public void Add(PastContact contact) => _contacts.Add(contact);

    /// <summary>Drops what is earlier than an instant (UTC ticks).</summary>
    public void ForgetBefore(long ticks)
    {
        while (_first < _contacts.Count && _contacts[_first].At.Ticks < ticks)
        {
            _first++;
        }

        if (_first >= LeastToMove && _first > _contacts.Count / 2)
        {
            _contacts.RemoveRange(0, _first);
            _first = 0;
        }
    }

    /// <inheritdoc />
    public IEnumerator<PastContact> GetEnumerator()
    {
        for (var i = _first; i < _contacts.Count; i++)
        {
            yield return _contacts[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
