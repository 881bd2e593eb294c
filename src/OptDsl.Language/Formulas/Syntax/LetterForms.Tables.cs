namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part with Unicode's data about the letters and marks that the language knows.</summary>
internal static partial class LetterForms
{
    // For each mark the letters that have a character of their own with it: the letter, then that character.
    private static KeyValuePair<char, string>[] Compositions() =>
    [
        new('\u0300', "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳÂẦÊỀÔỒÜǛâầêềôồüǜĂẰăằĒḔēḕŌṐōṑƠỜơờƯỪưừΑᾺΕῈΗῊΙῚΟῸΥῪΩῺαὰεὲηὴιὶοὸυὺωὼϊῒϋῢЕЀИЍеѐиѝἀἂἁἃἈἊἉἋἐἒἑἓἘἚἙἛἠἢἡἣἨἪἩἫἰἲἱἳἸἺἹἻὀὂὁὃὈὊὉὋὐὒὑὓὙὛὠὢὡὣὨὪὩὫ"),
        new('\u0301', "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzźÂẤÅǺÆǼÇḈÊẾÏḮÔỐÕṌØǾÜǗâấåǻæǽçḉêếïḯôốõṍøǿüǘĂẮăắĒḖēḗŌṒōṓŨṸũṹƠỚơớƯỨưứΑΆΕΈΗΉΙΊΟΌΥΎΩΏαάεέηήιίοόυύωώϊΐϋΰГЃКЌгѓкќἀἄἁἅἈἌἉἍἐἔἑἕἘἜἙἝἠἤἡἥἨἬἩἭἰἴἱἵἸἼἹἽὀὄὁὅὈὌὉὍὐὔὑὕὙὝὠὤὡὥὨὬὩὭ"),
        new('\u0302', "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑẠẬạậẸỆẹệỌỘọộ"),
        new('\u0303', "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹÂẪÊỄÔỖâẫêễôỗĂẴăẵƠỠơỡƯỮưữ"),
        new('\u0304', "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳÄǞÆǢÕȬÖȪÜǕäǟæǣõȭöȫüǖǪǬǫǭȦǠȧǡȮȰȯȱΑᾹΙῙΥῩαᾱιῑυῡИӢУӮиӣуӯḶḸḷḹṚṜṛṝ"),
        new('\u0306', "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭȨḜȩḝΑᾸΙῘΥῨαᾰιῐυῠАӐЕӖЖӁИЙУЎаӑеӗжӂийуўẠẶạặ"),
        new('\u0307', "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżŚṤśṥŠṦšṧṢṨṣṩ"),
        new('\u0308', "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿÕṎõṏŪṺūṻΙΪΥΫιϊυϋІЇАӒЕЁЖӜЗӞИӤОӦУӰЧӴЫӸЭӬаӓеёжӝзӟиӥоӧуӱчӵыӹэӭіїӘӚәӛӨӪөӫ"),
        new('\u0309', "AẢEẺIỈOỎUỦYỶaảeẻiỉoỏuủyỷÂẨÊỂÔỔâẩêểôổĂẲăẳƠỞơởƯỬưử"),
        new('\u030A', "AÅUŮaåuůwẘyẙ"),
        new('\u030B', "OŐUŰoőuűУӲуӳ"),
        new('\u030C', "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzžÜǙüǚƷǮʒǯ"),
        new('\u030F', "AȀEȄIȈOȌRȐUȔaȁeȅiȉoȍrȑuȕѴѶѵѷ"),
        new('\u0311', "AȂEȆIȊOȎRȒUȖaȃeȇiȋoȏrȓuȗ"),
        new('\u0313', "ΑἈΕἘΗἨΙἸΟὈΩὨαἀεἐηἠιἰοὀρῤυὐωὠ"),
        new('\u0314', "ΑἉΕἙΗἩΙἹΟὉΡῬΥὙΩὩαἁεἑηἡιἱοὁρῥυὑωὡ"),
        new('\u031B', "OƠUƯoơuư"),
        new('\u0323', "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓƠỢơợƯỰưự"),
        new('\u0324', "UṲuṳ"),
        new('\u0325', "AḀaḁ"),
        new('\u0326', "SȘTȚsștț"),
        new('\u0327', "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"),
        new('\u0328', "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
        new('\u032D', "DḒEḘLḼNṊTṰUṶdḓeḙlḽnṋtṱuṷ"),
        new('\u032E', "HḪhḫ"),
        new('\u0330', "EḚIḬUṴeḛiḭuṵ"),
        new('\u0331', "BḆDḎKḴLḺNṈRṞTṮZẔbḇdḏhẖkḵlḻnṉrṟtṯzẕ"),
        new('\u0342', "αᾶηῆιῖυῦωῶϊῗϋῧἀἆἁἇἈἎἉἏἠἦἡἧἨἮἩἯἰἶἱἷἸἾἹἿὐὖὑὗὙὟὠὦὡὧὨὮὩὯ"),
        new('\u0345', "ΑᾼΗῌΩῼάᾴήῄαᾳηῃωῳώῴἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἈᾈἉᾉἊᾊἋᾋἌᾌἍᾍἎᾎἏᾏἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗἨᾘἩᾙἪᾚἫᾛἬᾜἭᾝἮᾞἯᾟὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧὨᾨὩᾩὪᾪὫᾫὬᾬὭᾭὮᾮὯᾯὰᾲὴῂὼῲᾶᾷῆῇῶῷ"),
    ];

    // Letters that are others in print, ligatures, and marks of two names: the character, then what it stands for, up to a blank.
    private const string Singles =
        "ªa µμ ºo ĲIJ ĳij ĿL· ŀl· ŉʼn ſs ǄDZ\u030C ǅDz\u030C ǆdz\u030C ǇLJ ǈLj ǉlj ǊNJ ǋNj ǌnj ǱDZ ǲDz ǳdz ϐβ ϑθ ϒΥ ϓΥ\u0301 " +
        "ϔΥ\u0308 ϕφ ϖπ ϰκ ϱρ ϲς ϴΘ ϵε ϹΣ ẚaʾ ẛs\u0307 άα\u0301 έε\u0301 ήη\u0301 ίι\u0301 όο\u0301 ύυ\u0301 ώω\u0301 ΆΑ\u0301 " +
        "ιι ΈΕ\u0301 ΉΗ\u0301 ΐι\u0308\u0301 ΊΙ\u0301 ΰυ\u0308\u0301 ΎΥ\u0301 ΌΟ\u0301 ΏΩ\u0301 ℂC ℇƐ ℊg ℋH ℌH ℍH ℎh ℏħ " +
        "ℐI ℑI ℒL ℓl ℕN ℙP ℚQ ℛR ℜR ℝR ℤZ ΩΩ ℨZ KK ÅA\u030A ℬB ℭC ℯe ℰE ℱF ℳM ℴo ℵא ℶב ℷג ℸד ℹi ℼπ ℽγ ℾΓ ℿΠ ⅅD ⅆd ⅇe ⅈi " +
        "ⅉj ﬀff ﬁfi ﬂfl ﬃffi ﬄffl ﬅst ﬆst \u0340\u0300 \u0341\u0301 \u0343\u0313 \u0344\u0308\u0301 ";

    /// <summary>Unicode's combining class of a mark: marks of different classes are the same in either order.</summary>
    private static int CombiningClass(char mark) => mark switch
    {
        '\u034F' or (>= '\u20DD' and <= '\u20E0') or (>= '\u20E2' and <= '\u20E4') => 0,
        (>= '\u0334' and <= '\u0338') or (>= '\u20D2' and <= '\u20D3') or (>= '\u20D8' and <= '\u20DA') or (>= '\u20E5' and <= '\u20E6') or (>= '\u20EA' and <= '\u20EB') => 1,
        (>= '\u0321' and <= '\u0322') or (>= '\u0327' and <= '\u0328') => 202,
        '\u031B' => 216,
        (>= '\u0316' and <= '\u0319') or (>= '\u031C' and <= '\u0320') or (>= '\u0323' and <= '\u0326') or (>= '\u0329' and <= '\u0333') or (>= '\u0339' and <= '\u033C') or (>= '\u0347' and <= '\u0349') or (>= '\u034D' and <= '\u034E') or (>= '\u0353' and <= '\u0356') or (>= '\u0359' and <= '\u035A') or '\u20E8' or (>= '\u20EC' and <= '\u20EF') => 220,
        '\u0315' or '\u031A' or '\u0358' => 232,
        '\u035C' or '\u035F' or '\u0362' => 233,
        (>= '\u035D' and <= '\u035E') or (>= '\u0360' and <= '\u0361') => 234,
        '\u0345' => 240,
        _ => 230,
    };
}
