using System.Text;
using CsCheck;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

public class TermPoolTests
{
    [Fact]
    public void A_term_read_twice_is_one_string()
    {
        var term = "http://example.org/fhir/CodeSystem/seen-twice"u8;

        TermPool.Get(term).Should().BeSameAs(TermPool.Get(term)).And.Be("http://example.org/fhir/CodeSystem/seen-twice");
    }

    [Fact]
    public void Every_term_comes_out_as_it_went_in() =>
        Gen.String.Sample(text => TermPool.Get(Encoding.UTF8.GetBytes(text)).Should().Be(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void A_long_text_is_not_kept()
    {
        var text = Encoding.UTF8.GetBytes(new string('x', TermPool.MaxBytes + 1));

        TermPool.Get(text).Should().NotBeSameAs(TermPool.Get(text));
    }

    [Fact]
    public void A_flood_of_terms_is_forgotten_again()
    {
        WeakReference Flood(int from)
        {
            WeakReference first = new(TermPool.Get(Encoding.UTF8.GetBytes($"flood-{from}")));
            for (var number = from + 1; number < from + 200_000; number++)
                TermPool.Get(Encoding.UTF8.GetBytes($"flood-{number}"));
            return first;
        }

        var references = Enumerable.Range(1, 5).Select(round => Flood(round * 1_000_000)).ToList();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        references.Count(reference => reference.IsAlive).Should().BeLessThan(references.Count);
    }

    [Fact]
    public void Many_threads_get_the_right_terms_and_codings() => Parallel.For(0, 8, thread =>
    {
        for (var number = 0; number < 20_000; number++)
        {
            var name = $"term-{(number * (thread + 1)) % 9_000}";
            var term = TermPool.Get(Encoding.UTF8.GetBytes(name));
            term.Should().Be(name);
            var coding = TermPool.Get(term, term, null);
            if (coding.Coding.Code != name || coding.Alone.Count != 1 || coding.Alone[0].System != name)
                throw new InvalidOperationException($"{name} came out as {coding.Coding.Code}.");
        }
    });
}
