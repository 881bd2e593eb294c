using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads a whole text, choices and what is in them.</summary>
internal sealed partial class Parser
{
    private sealed class TextReader(string text, Vocabulary names, ErrorSink errors)
    {
        private readonly bool _isLatex = IsLatex(text);

        private LostSubscripts? _lost;

        private NewValues? _values;

        private Aliases? _aliases;

        private Copies? _copies;

        private Dictionary<string, string> _lists = [];

        private OtherKeys? _others;

        /// <summary>The places of what was left out.</summary>
        public List<TextSpan> Skipped { get; } = [];

        /// <summary>Notes the names that are assigned anywhere.</summary>
        public void Collect(IEnumerable<Block> blocks)
        {
            names.IsLatex = _isLatex;
            var plain = PlainIn(blocks).ToList();
            _lists = RowForms.ListsIn(plain.SelectMany(block => Rows.Split(text, block.Tokens)).Select(row => row.Tokens), names);
            if (RowForms.CounterIn([.. plain.SelectMany(RowsOf).Select(row => row.Tokens)], names) is { } counter)
                _lists[counter] = names.Step;
            _others = OtherKeys.Find([.. plain.SelectMany(RowsOf).Select(row => row.Tokens)], names);
            _lost = LostSubscripts.Find([.. plain.SelectMany(RowsOf).Select(row => row.Tokens)], names);
            _copies = Copies.Find([.. plain.SelectMany(RowsOf).Select(row => row.Tokens)], names);
            _aliases = Aliases.Find([.. plain.SelectMany(RowsOf).Select(row => row.Tokens)], names);
            _values = NewValues.Find([.. plain.SelectMany(RowsOf).Select(row => row.Tokens)], names);
            foreach (var block in plain)
                CollectTargets(RowsOf(block), _isLatex, names);
            CollectHelpers([.. plain.SelectMany(RowsOf)], _isLatex, names);
        }

        private static IEnumerable<PlainBlock> PlainIn(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
        {
            PlainBlock plain => [plain],
            ChoiceBlock choice => PlainIn(choice.WhenTrue.Concat(choice.WhenFalse)),
            RepeatBlock repeat => PlainIn(repeat.Body),
            _ => [],
        });

        /// <param name="blocks">What to read.</param>
        /// <param name="isChosen">True inside a choice, where every assignment is one of the step.</param>
        /// <param name="unreported">What the lexer could not read; the rest is reported here.</param>
        public ImmutableArray<ItemSyntax> Read(ImmutableArray<Block> blocks, bool isChosen, Queue<FormulaError> unreported)
        {
            var items = ImmutableArray.CreateBuilder<ItemSyntax>();
            for (var i = 0; i < blocks.Length; i++)
            {
                var block = blocks[i];
                var isBeforeLoop = blocks.Skip(i + 1).Any(later => later is RepeatBlock { Loop: not null } loop && (StepsParameter(loop) || IsOverLayers(loop)));
                items.AddRange(block switch
                {
                    ChoiceBlock choice => ReadChosen(choice, unreported),
                    RepeatBlock { Loop: { } loop } repeat when StepsParameter(repeat) || IsOverLayers(repeat) => ReadOnce(repeat, loop, unreported),
                    RepeatBlock repeat => [new RepeatSyntax(repeat.Span, repeat.Count, Read(repeat.Body, isChosen: true, unreported)) { Times = TimesOf(repeat) }],
                    _ => ReadPlain((PlainBlock)block, isChosen, isBeforeLoop, unreported),
                });
            }

            if (isChosen)
                return items.ToImmutable();
            foreach (var error in unreported.Where(IsKept))
                errors.Add(error);
            return items.ToImmutable();
        }

        /// <summary>A choice; of one that prepares a program's objects only the other side, and of one about the first time a choice by the step.</summary>
        private ImmutableArray<ItemSyntax> ReadChosen(ChoiceBlock choice, Queue<FormulaError> unreported)
        {
            if (choice.WhenFalse.IsEmpty && PlainIn(choice.WhenTrue).SelectMany(RowsOf).All(row => row.Tokens[0].Name is "return" or "continue" or "break" && row.Tokens.Length == 1))
            {
                // if (i >= n) return;
                Skipped.Add(choice.Span);
                return [];
            }

            if (IsGuard(choice))
            {
                Skipped.Add(TextSpan.Cover(choice.Keyword, choice.Condition[choice.Condition.Length - 1].Span));
                return Read(choice.WhenTrue, isChosen: true, unreported);
            }

            if (!SetUp.IsAbout(choice.Condition))
                return [ReadChoice(choice, unreported)];
            if (names.Step == "" || PlainIn(choice.WhenTrue).SelectMany(RowsOf).All(row => SetUp.IsInitial(row.Tokens, names)))
            {
                var last = choice.WhenTrue.OfType<PlainBlock>().LastOrDefault()?.Tokens.LastOrDefault(token => token.Kind is not (TokenKind.NewLine or TokenKind.End))?.Span ?? choice.Keyword;
                Skipped.Add(TextSpan.Cover(choice.Keyword, last));
                return Read(choice.WhenFalse, isChosen: true, unreported);
            }

            if (PlainIn(choice.WhenTrue).SelectMany(RowsOf).All(row => ProgramRows.IsScaffolding(row.Tokens, "", names)) && choice.WhenFalse.IsEmpty)
            {
                // if config is None: config = {}
                Skipped.Add(choice.Span);
                return [];
            }

            var place = choice.Condition[0].Span;
            return
            [
                ReadChoice(
                    choice with
                    {
                        Condition =
                        [
                            new Token(TokenKind.Name, place, [new Glyph(names.Step, place)], ""), new Token(TokenKind.Equal, place), new Token(TokenKind.Number, place, names.FirstStep),
                        ],
                    },
                    unreported),
            ];
        }

        /// <summary><c>if (i &lt; n)</c> of a kernel, whose threads are more than there are elements.</summary>
        private bool IsGuard(ChoiceBlock choice)
        {
            var condition = choice.Condition.RemoveAll(token => token.Kind is TokenKind.OpenParenthesis or TokenKind.CloseParenthesis);
            return choice.WhenFalse.IsEmpty && condition.Length > 2 && condition[0].Kind == TokenKind.Name && condition[1].Kind is TokenKind.Less or TokenKind.LessOrEqual
                && condition.All(token => token.Kind != TokenKind.Name || !names.IsKnown(token.Name))
                && PlainIn(choice.WhenTrue).Any(block => Enumerable.Range(1, Math.Max(0, block.Tokens.Length - 2)).Any(i => block.Tokens[i].Name == condition[0].Name && block.Tokens[i - 1].Kind == TokenKind.OpenBracket && block.Tokens[i + 1].Kind == TokenKind.CloseBracket));
        }

        /// <summary>What a name says about how often something is repeated; null where a number does.</summary>
        private ExprSyntax? TimesOf(RepeatBlock repeat)
        {
            if (repeat.Times.IsEmpty)
                return null;
            try
            {
                var parser = new Parser(repeat.Times, text, _isLatex, names, errors);
                var times = parser.ParseExpression();
                parser.ExpectEnd();
                return times;
            }
            catch (SyntaxErrorException)
            {
                return new MissingSyntax(repeat.Times[0].Span);
            }
        }

        /// <summary>True for the loop of a program over its steps: it steps the parameter.</summary>
        private bool StepsParameter(RepeatBlock repeat) => PlainIn(repeat.Body).SelectMany(RowsOf).Any(row => row.Tokens.FirstOrDefault(token => token.Kind == TokenKind.Name)?.Name == names.Parameter
            || (StatementSplitter.AssignmentIn(row.Tokens) is > 0 and var assignment && row.Tokens.Take(assignment).Any(token => token.Name == names.Parameter))
            || (ChangesInPlace(row.Tokens) && row.Tokens.TakeWhile(token => token.Kind != TokenKind.OpenParenthesis).Any(token => token.Name == names.Parameter)));

        /// <summary>
        /// True for a loop over what formulas do to each anyway, as layers are: nobody has said how many there are, and no name that only the step knows
        /// goes on from what the time before left in it.
        /// </summary>
        private bool IsOverLayers(RepeatBlock repeat) =>
            !repeat.Times.IsEmpty && repeat.Times.All(token => token.Kind is not (TokenKind.Name or TokenKind.Member or TokenKind.Key) || !names.IsKnown(token.Kind == TokenKind.Name ? token.Name : token.Text.Replace("_", "")))
            && !PlainIn(repeat.Body).SelectMany(RowsOf).Any(row => row.Tokens.Length > 2 && row.Tokens[0].Kind == TokenKind.Name && StatementSplitter.IsAssignment(row.Tokens[1].Kind)
                && names.RoleOf(row.Tokens[0].Name) is NameRole.None or NameRole.Assigned && (row.Tokens[1].Kind != TokenKind.Assign || row.Tokens.Skip(2).Any(token => token.Name == row.Tokens[0].Name)));

        private ImmutableArray<ItemSyntax> ReadOnce(RepeatBlock repeat, TextSpan loop, Queue<FormulaError> unreported)
        {
            Skipped.Add(loop);
            return Read(repeat.Body, isChosen: true, unreported);
        }

        private ChoiceSyntax ReadChoice(ChoiceBlock choice, Queue<FormulaError> unreported) => new(
            choice.Span, ReadCondition(choice),
            Read(choice.WhenTrue, isChosen: true, unreported),
            Read(choice.WhenFalse, isChosen: true, unreported));

        private List<Row> RowsOf(PlainBlock block)
        {
            var rows = SubscriptedFunctions.Rewrite(HelperForms.Rewrite([.. Rows.Split(text, block.Tokens).Select(row => row with { Tokens = RowForms.Rewrite(Listing.Arrows(RowForms.WithoutLists(row.Tokens, _lists)), names) })]), names);
            if (_others is not null)
            {
                Skipped.AddRange(rows.Where(row => _others.Is(row.Tokens)).Select(row => TextSpan.Cover(row.Tokens[0].Span, row.Tokens[row.Tokens.Length - 1].Span)).Where(span => !Skipped.Contains(span)).ToList());
                rows = [.. rows.Where(row => !_others.Is(row.Tokens))];
            }

            if (_lost is not null)
                rows = [.. rows.Select(row => row with { Tokens = _lost.Restore(row.Tokens) })];
            if (_copies is not null)
                rows = [.. rows.Select(row => (Row: row, Tokens: _copies.Restore(row.Tokens))).Where(pair => pair.Tokens is not null).Select(pair => pair.Row with { Tokens = pair.Tokens!.Value })];
            if (_aliases is not null)
                rows = [.. rows.Select(row => (Row: row, Tokens: _aliases.Restore(row.Tokens))).Where(pair => pair.Tokens is not null).Select(pair => pair.Row with { Tokens = pair.Tokens!.Value })];
            return _values is null ? rows : [.. rows.Select(row => row with { Tokens = _values.Restore(row.Tokens) })];
        }

        private IEnumerable<ItemSyntax> ReadPlain(PlainBlock block, bool isChosen, bool isBeforeLoop, Queue<FormulaError> unreported)
        {
            var settled = errors.Sibling();
            var (split, explains, skipped) = Listing.Read(RowsOf(block), names, isChosen, isBeforeLoop, token => token.Span.Start - LineEnds.StartOfLine(text, token.Span.Start), (tokens, assignment) => TargetStart(tokens, assignment, _isLatex, names), settled);
            Skipped.AddRange(skipped);
            foreach (var error in settled.ToImmutable())
                errors.Add(error);
            for (var i = 0; i < split.Length; i++)
            {
                // The first error of a statement is reported; the rest of it cannot be trusted.
                var end = i + 1 < split.Length ? split[i + 1][0].Span.Start : block.Tokens[block.Tokens.Length - 1].Span.End;
                FormulaError? wrong = null;
                while (unreported.Count > 0 && unreported.Peek().Span.Start <= end)
                {
                    var error = unreported.Dequeue();
                    wrong ??= IsKept(error) ? error : null;
                }

                var hoisted = new List<StatementSyntax>();
                var read = ReadStatement(split[i], wrong, hoisted);
                foreach (var change in hoisted)
                    yield return change;
                if (read is { } statement)
                    yield return statement is StatementSyntax assignment && explains.Contains(split[i][0].Span.Start) ? assignment with { Explains = true } : statement;
            }
        }

        /// <param name="tokens">The statement.</param>
        /// <param name="wrong">What the lexer could not read in it.</param>
        /// <param name="changes">Receives what it changes in place before it assigns another name.</param>
        private ItemSyntax? ReadStatement(ImmutableArray<Token> tokens, FormulaError? wrong, List<StatementSyntax> changes)
        {
            var parser = new Parser(tokens, text, _isLatex, names, wrong is null ? errors : errors.Sibling());
            if (wrong is not null)
                errors.Add(wrong);
            try
            {
                var statement = parser.ParseStatement();
                changes.AddRange(parser._changes);
                return (statement, wrong) switch
                {
                    (StatementSyntax assignment, not null) => assignment with { Value = new MissingSyntax(assignment.Value.Span) },
                    (HelperSyntax helper, not null) => helper with { Value = new MissingSyntax(helper.Value.Span) },
                    _ => statement,
                };
            }
            catch (SyntaxErrorException)
            {
                return parser._target is { } target ? new StatementSyntax(target.Span, target, null, new MissingSyntax(target.Span)) : null;
            }
        }

        private ExprSyntax ReadCondition(ChoiceBlock choice)
        {
            if (choice.Condition.Length == 0)
            {
                errors.Syntax(choice.Keyword, "this choice has no condition; write 'if condition:', as in 'if t > 1:'");
                return new MissingSyntax(choice.Keyword);
            }

            try
            {
                var parser = new Parser(WithoutWords(Restored(choice.Condition)), text, _isLatex, names, errors);
                var condition = parser.ParseExpression();
                parser.ExpectEnd();
                return condition;
            }
            catch (SyntaxErrorException)
            {
                return new MissingSyntax(choice.Keyword);
            }
        }

        /// <summary>A condition with what copying took from its names, and with the names that the rows have.</summary>
        private ImmutableArray<Token> Restored(ImmutableArray<Token> condition)
        {
            condition = RowForms.WithoutLists(condition, _lists);
            condition = _lost?.Restore(condition) ?? condition;
            return _values?.Restore(condition) ?? condition;
        }

        /// <summary>"if the variance is tractable, i.e., ρ > 4": a condition without the words before it.</summary>
        private ImmutableArray<Token> WithoutWords(ImmutableArray<Token> condition)
        {
            var prose = new Prose(names, (tokens, assignment) => TargetStart(tokens, assignment, _isLatex, names));
            var (words, end) = (0, 0);
            for (var i = 0; i + 1 < condition.Length; i++)
            {
                var isWord = prose.WordAt(condition, i) != "";
                if (!isWord && !(condition[i].Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Member) && !(condition[i].Kind == TokenKind.Name && condition[i].Glyphs.Length == 1 && i + 1 < condition.Length && condition[i + 1].Span.Start <= condition[i].Span.End + 1 && !names.IsKnown(condition[i].Name)))
                    break;
                words += isWord ? 1 : 0;
                end = i + 1;
            }

            if (words < 2)
                return condition;
            Skipped.Add(TextSpan.Cover(condition[0].Span, condition[end - 1].Span));
            return ImmutableArray.Create(condition, end, condition.Length - end);
        }

        /// <summary>What is left out need not be legible.</summary>
        private bool IsKept(FormulaError error) => !Skipped.Any(span => span.Start <= error.Span.Start && error.Span.End <= span.End);
    }
}
