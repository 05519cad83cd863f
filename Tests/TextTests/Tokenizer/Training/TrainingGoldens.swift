/// What Hugging Face tokenizers 0.23.3 learns from a few sentences; printed by `Reference/tokenizer_training.py`.
enum TrainingGoldens {
    static let lines = [
        "Swifts sleep on the wing, and the wing never sleeps.",
        "A swift flies faster than the fastest swallow of the swamp.",
        "The sleepers slept; the swimmers swam where the swifts had flown.",
        "Über den Dächern flogen dreißig Mauersegler, schneller und schneller.",
        "Стрижи летят над рекой, и река летит под стрижами.",
        "雨燕在飞，雨燕在睡。",
        "In 2024 there were 1024 swifts, in 2025 there were 2048.",
        "the theatre there, their thesis, these thin threads",
        "aaaa aaaaa aa aaaaaa ababab abab",
    ]

    static let plainTokens = """
        <s> th , . 0 1 2 4 5 8 ; A D I M S T a b c d e f g h i l m n o p r s t u v w Ü ß
        ä С а д е ж и й к л м н о п р с т я 。 在 燕 睡 雨 飞 ， he the aa er re sw ab ep ft in
        ift sl aaaa 02 eep fl ll ne st there ers swa swift abab sleep 202 ad an ast ch en
        fast ow sch wer win ек ет иж лет рек риж триж 燕在 雨燕在 thes ller neller swam swifts
        schneller were wing thre thin than 04 102 204 Dä In Ma Sw The at ber che dre den
        eg es est gen had ig im ir is iß ies ler mers nd of on ogen
        """

    static let plainMerges = """
        h+e t+he a+a e+r r+e s+w a+b e+p f+t i+n i+ft s+l aa+aa 0+2 e+ep f+l l+l n+e s+t
        t+h the+re er+s sw+a sw+ift ab+ab sl+eep 2+02 a+d a+n a+st c+h e+n f+ast o+w s+ch
        w+er w+in е+к е+т и+ж л+ет р+ек р+иж т+риж 燕+在 雨+燕在 the+s ll+er ne+ller swa+m
        swift+s sch+neller wer+e win+g th+re th+in th+an 0+4 1+02 2+04 D+ä I+n M+a S+w
        T+he a+t b+er c+he d+re d+en e+g e+s e+st g+en h+ad i+g i+m i+r i+s i+ß i+es l+er
        m+ers n+d o+f o+n o+gen
        """

    static let frequentTokens = """
        , . 0 1 2 4 5 8 ; A D I M S T a b c d e f g h i l m n o p r s t u v w Ü ß ä С а д
        е ж и й к л м н о п р с т я 。 在 燕 睡 雨 飞 ， he the aa er re sw ab ep ft in ift sl
        aaaa 02 eep fl ll ne st th there ers swa swift abab sleep
        """

    static let frequentMerges = """
        h+e t+he a+a e+r r+e s+w a+b e+p f+t i+n i+ft s+l aa+aa 0+2 e+ep f+l l+l n+e s+t
        t+h the+re er+s sw+a sw+ift ab+ab sl+eep
        """

    static let shortTokens = """
        , . 0 1 2 4 5 8 ; A D I M S T a b c d e f g h i l m n o p r s t u v w Ü ß ä С а д
        е ж и й к л м н о п р с т я 。 在 燕 睡 雨 飞 ， he the aa er re sw ab ep ft in ift sl
        02 eep fl ll ne st th ers swa 202 ad an ast ch en ow sch wer win ек ет иж лет рек
        риж 燕在 雨燕在 04 102 204 Dä In Ma Sw The at ber che dre den eg es est gen had ig im
        ir is iß ies ler mp nd of on rn se sis und ver whe Ст ад ам ит над од ой под ст
        ят aaa ept flo ads and own Mau imm ами
        """

    static let shortMerges = """
        h+e t+he a+a e+r r+e s+w a+b e+p f+t i+n i+ft s+l 0+2 e+ep f+l l+l n+e s+t t+h
        er+s sw+a 2+02 a+d a+n a+st c+h e+n o+w s+ch w+er w+in е+к е+т и+ж л+ет р+ек р+иж
        燕+在 雨+燕在 0+4 1+02 2+04 D+ä I+n M+a S+w T+he a+t b+er c+he d+re d+en e+g e+s e+st
        g+en h+ad i+g i+m i+r i+s i+ß i+es l+er m+p n+d o+f o+n r+n s+e s+is u+nd v+er
        w+he С+т а+д а+м и+т н+ад о+д о+й п+од с+т я+т aa+a ep+t fl+o ad+s an+d ow+n Ma+u
        im+m ам+и
        """

    static let byteLevelTokens = """
        ! " # $ % & ' ( ) * + , - . / 0 1 2 3 4 5 6 7 8 9 : ; < = > ? @ A B C D E F G H I
        J K L M N O P Q R S T U V W X Y Z [ \\ ] ^ _ ` a b c d e f g h i j k l m n o p q r
        s t u v w x y z { | } ~ ¡ ¢ £ ¤ ¥ ¦ § ¨ © ª « ¬ ® ¯ ° ± ² ³ ´ µ ¶ · ¸ ¹ º » ¼ ½ ¾
        ¿ À Á Â Ã Ä Å Æ Ç È É Ê Ë Ì Í Î Ï Ð Ñ Ò Ó Ô Õ Ö × Ø Ù Ú Û Ü Ý Þ ß à á â ã ä å æ ç
        è é ê ë ì í î ï ð ñ ò ó ô õ ö ÷ ø ù ú û ü ý þ ÿ Ā ā Ă ă Ą ą Ć ć Ĉ ĉ Ċ ċ Č č Ď ď Đ
        đ Ē ē Ĕ ĕ Ė ė Ę ę Ě ě Ĝ ĝ Ğ ğ Ġ ġ Ģ ģ Ĥ ĥ Ħ ħ Ĩ ĩ Ī ī Ĭ ĭ Į į İ ı Ĳ ĳ Ĵ ĵ Ķ ķ ĸ Ĺ
        ĺ Ļ ļ Ľ ľ Ŀ ŀ Ł ł Ń he Ġt aa Ġs Ġthe er re wi Ð¸ ÑĤ ab Ġf ep ft Ðµ ÑĢ ĠÐ aaaa Ġsl
        Ġswi 02 eep ll ne st wa ¨ç Ð° Ġ2 Ġw Ġth Ġswa Ġthere ers abab Ġfl fts Ġsleep ad an
        ast ch en in ng ow »Ðµ ¾Ð Ð¶ Ðº Ð¾Ð åľ éĽ Ġd Ġo Ġwi ĠÑĢ Ġaaaa Ġabab ĩķ Ġsch Ġthes
        ere Ð¸Ð¶ ÑĤÑĢ Ġfast ÐµÐº ĠÐ»Ðµ Ġswifts 024 ller neller ¨çĩķ Ð°Ð
        """

    static let byteLevelMerges = """
        h+e Ġ+t a+a Ġ+s Ġt+he e+r r+e w+i Ð+¸ Ñ+Ĥ a+b Ġ+f e+p f+t Ð+µ Ñ+Ģ Ġ+Ð aa+aa Ġs+l
        Ġs+wi 0+2 e+ep l+l n+e s+t w+a ¨+ç Ð+° Ġ+2 Ġ+w Ġt+h Ġs+wa Ġthe+re er+s ab+ab Ġf+l
        ft+s Ġsl+eep a+d a+n a+st c+h e+n i+n n+g o+w »+Ðµ ¾+Ð Ð+¶ Ð+º Ð+¾Ð å+ľ é+Ľ Ġ+d
        Ġ+o Ġ+wi Ġ+ÑĢ Ġ+aaaa Ġ+abab ĩ+ķ Ġs+ch Ġthe+s er+e Ð¸+Ð¶ ÑĤ+ÑĢ Ġf+ast Ðµ+Ðº ĠÐ+»Ðµ
        Ġswi+fts 02+4 ll+er ne+ller ¨ç+ĩķ Ð°+Ð
        """

    static let suffixedLetters = """
        a</w> 睡</w> s</w> w</w> e</w> A</w> ，</w> g</w> t</w> и</w> 。</w> д</w> d</w>
        n</w> ;</w> 8</w> ,</w> r</w> а</w> т</w> 飞</w> 4</w> .</w> p</w> b</w> f</w>
        й</w> m</w> 5</w>
        """

    static let suffixedTokens = """
        , . 0 1 2 4 5 8 ; A D I M S T a b c d e f g h i l m n o p r s t u v w Ü ß ä С а д
        е ж и й к л м н о п р с т я 。 在 燕 睡 雨 飞 ， a</w> 睡</w> s</w> w</w> e</w> A</w>
        ，</w> g</w> t</w> и</w> 。</w> д</w> d</w> n</w> ;</w> 8</w> ,</w> r</w> а</w>
        т</w> 飞</w> 4</w> .</w> p</w> b</w> f</w> й</w> m</w> 5</w> th er aa le sw
        the</w> ere</w> if sle the 02 ab aa</w> ch er</w> fl ne ts</w> there</w> ler</w>
        swa swif slee 202 as ab</w> en</w> fas in in</w> ller</w> nd</w> re sch were</w>
        win ек ет иж лет рек риж триж 燕在 雨燕在 ers</w> aaaa thes abab</w> flo neller</w>
        swifts</w> sleep fast schneller</w> wing</w> 04 102 204 Dä In</w> Ma Sw Th ad at
        ad</w> an</w> and</w> ber</w> den</w> dre eg es es</w> gen</w> here</w> had</w>
        im iß is</w> ig</w> ir</w> ies</w> ll mp</w> mers</w> ow</w> on</w>
        """

    static let suffixedMerges = """
        t+h e+r a+a l+e s+w th+e</w> er+e</w> i+f s+le th+e 0+2 a+b a+a</w> c+h e+r</w>
        f+l n+e t+s</w> th+ere</w> le+r</w> sw+a sw+if sle+e 2+02 a+s a+b</w> e+n</w>
        f+as i+n i+n</w> l+ler</w> n+d</w> r+e s+ch w+ere</w> w+in е+к е+т и+ж л+ет р+ек
        р+иж т+риж 燕+在 雨+燕在 er+s</w> aa+aa the+s ab+ab</w> fl+o ne+ller</w> swif+ts</w>
        slee+p fas+t sch+neller</w> win+g</w> 0+4 1+02 2+04 D+ä I+n</w> M+a S+w T+h a+d
        a+t a+d</w> a+n</w> a+nd</w> b+er</w> d+en</w> d+re e+g e+s e+s</w> g+en</w>
        h+ere</w> h+ad</w> i+m i+ß i+s</w> i+g</w> i+r</w> i+es</w> l+l m+p</w> m+ers</w>
        o+w</w> o+n</w>
        """

    static let wordPieceLetters = """
        ##l ##e ##p ##t ##s ##т ##р ##и ##ж ##а ##м ##w ##i ##f ##h ##m ##r ##a ##燕 ##在
        ##飞 ##0 ##2 ##4 ##5 ##c ##n ##d ##о ##д ##睡 ##е ##к ##я ##o ##g ##b ##8 ##ß ##ä
        ##v ##й ##u
        """

    static let wordPieceTokens = """
        [PAD] [UNK] , . 0 1 2 4 5 8 ; A D I M S T a b c d e f g h i l m n o p r s t u v w
        Ü ß ä С а д е ж и й к л м н о п р с т я 。 在 燕 睡 雨 飞 ， ##l ##e ##p ##t ##s ##т ##р
        ##и ##ж ##а ##м ##w ##i ##f ##h ##m ##r ##a ##燕 ##在 ##飞 ##0 ##2 ##4 ##5 ##c ##n
        ##d ##о ##д ##睡 ##е ##к ##я ##o ##g ##b ##8 ##ß ##ä ##v ##й ##u th ##er the ##aa
        sw ##ere sl ##ep ##if ##ift 20 aaa fl ##ll ##eep ##st ##in ##re ##ab ##ch there
        ##ers swa swift sleep ab fa sch were win ле ре 雨燕 ##en ##ell ##тр ##иж ##ad ##24
        ##nd ##nell ##ow thes aaaaa swam swifts abab fast schnell wing лет рек 雨燕在 ##триж
        schneller 10 Dä In Ma Sw Th aa and dre den had in ne of on und wh Üb
        """

    static let wordLevelTokens = """
        <unk> the , . there schneller swifts were wing 1024 2024 2025 2048 ; A Dächern In
        Mauersegler Swifts The aa aaaa aaaaa aaaaaa abab ababab and den dreißig faster
        """

    static let unigramPieces = """
        ▁:-2.385065 ▁the:-3.155480 n:-3.358345 .:-3.613367 ,:-3.613367 i:-3.785028
        e:-3.889079 и:-4.063367 s:-4.249694 a:-4.322056 ▁th:-4.347740 re:-4.357999
        er:-4.358551 g:-4.396572 а:-4.396700 4:-4.396700 ▁sleep:-4.396739 ▁w:-4.416623
        ers:-4.419174 ▁there:-4.453939 d:-4.734980 r:-4.814273 t:-4.867305 m:-4.893277
        p:-4.896636 ▁лет:-4.896700 雨燕在:-4.896700 ▁schneller:-4.896700 ▁рек:-4.896700
        о:-4.896700 u:-4.896700 д:-4.896700 т:-4.896700 триж:-4.896700 ▁202:-4.896700
        ▁o:-4.896701 ▁faste:-4.896701 ▁abab:-4.896848 ▁wing:-4.896910 ▁swam:-4.900135
        ▁swifts:-4.905043 ▁aaaaa:-4.910144 ad:-4.915808 ▁flo:-4.950637 ere:-4.967249
        in:-5.015761 ▁thes:-5.026149 an:-5.032778 ▁d:-5.066090 f:-5.769815 low:-5.770108
        h:-5.860784 ▁aaaa:-5.863287 ▁swift:-5.877732 l:-5.878584 b:-5.879711
        ▁swa:-5.888006 wifts:-5.894675 ▁sle:-5.896578 ▁swi:-5.896700 ▁20:-5.896700
        02:-5.896700 ß:-5.896700 D:-5.896700 ，:-5.896700 飞:-5.896700 Ü:-5.896700
        м:-5.896700 1:-5.896700 。:-5.896700 T:-5.896700 M:-5.896700 с:-5.896700
        С:-5.896700 5:-5.896700 ;:-5.896700 I:-5.896700 п:-5.896700 S:-5.896700
        й:-5.896700 睡:-5.896700 н:-5.896700 8:-5.896700 я:-5.896700 A:-5.896700
        ä:-5.896700 v:-5.896700 ch:-5.896700 ▁fl:-5.896991 he:-5.902027 ▁aa:-5.907295
        ab:-5.913187 ler:-5.914776 here:-5.926002 w:-5.949173 st:-5.972976 es:-6.070498
        """

    /// Words of a golden text.
    static func list(_ text: String) -> [String] {
        text.split { " \n".contains($0) }.map(String.init)
    }
}
