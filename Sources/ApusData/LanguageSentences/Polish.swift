// Sentences in Polish, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let polish = """
        Wczoraj wieczorem spotkałem dawnego kolegę z wojska, którego nie widziałem od dwunastu lat.
        Moja babcia uważa, że żaden lekarz nie pomoże na przeziębienie tak jak sok z malin.
        Gdy dojechaliśmy nad jezioro, okazało się, że nikt z nas nie zabrał namiotu.
        Pociąg do Krakowa jest opóźniony o czterdzieści minut, więc zdążymy jeszcze wypić herbatę.
        Dzieci ulepiły bałwana tak wysokiego, że marchewkę musiał mu przyczepić listonosz.
        Jeśli chcesz, żeby zupa była gęstsza, dodaj do niej łyżkę śmietany i trochę mąki.
        Nauczycielka poprosiła, żebyśmy opisali w zeszytach swoją ulubioną książkę.
        Na północy kraju będzie wiało, a nad morzem mogą wystąpić przelotne opady śniegu.
        Sąsiad z parteru hoduje gołębie i każdego ranka rozmawia z nimi przez otwarte okno.
        Nie wiedziałam, że mój szef gra na akordeonie, dopóki nie przyszedł na wesele kuzynki.
        Piłkarze zeszli z boiska w milczeniu, bo wiedzieli, że zawiedli swoich kibiców.
        Kochana Zosiu, piszę do ciebie z sanatorium, w którym wszyscy chodzą spać przed ósmą.
        Naukowcy odkryli, że słonie potrafią rozpoznać ludzi po głosie i po zapachu ubrania.
        Przed wojną w tej kamienicy mieścił się zakład fryzjerski i mała pracownia kapeluszy.
        Czy mógłby pan powiedzieć, gdzie znajduje się najbliższa apteka czynna w niedzielę?
        Kot wskoczył na parapet i z wielką powagą obserwował wróble siedzące na gałęzi.
        Zanim zaczniesz malować ścianę, zaklej taśmą wszystkie krawędzie i rozłóż folię na podłodze.
        Mój syn zbiera kamienie i twierdzi, że w każdym z nich mieszka jakieś małe zwierzątko.
        Rada miasta zdecydowała, że stary dworzec zostanie przebudowany na halę targową.
        Gdyby nie deszcz, poszlibyśmy na grzyby, a tak cały dzień graliśmy w warcaby.
        Siostra przeprowadziła się do Gdańska, ponieważ znalazła tam pracę w stoczni.
        Po lekcjach chłopcy biegli nad rzekę, gdzie budowali tamę z kamieni i gałęzi.
        Żubry wyszły z lasu na łąkę i zupełnie nie zwracały uwagi na zdziwionych turystów.
        Przepraszam, że tak długo nie odpisywałem, ale miałem w domu remont i dwoje chorych dzieci.
        Król kazał wznieść tu wieżę, z której było widać wszystkie drogi prowadzące do grodu.
        Śledzie trzeba dobrze wymoczyć, pokroić na kawałki i przełożyć cebulą oraz liściem laurowym.
        W autobusie było tak tłoczno, że nie mogłem nawet wyciągnąć ręki z kieszeni.
        Dziadek opowiadał, jak w czasie okupacji ukrywał radio w beczce z kiszoną kapustą.
        Myślę, że powinniśmy wreszcie wyrzucić tę kanapę, bo sprężyny wychodzą z niej na wierzch.
        Lekarka powiedziała, żebym dużo spacerował i nie siedział całymi dniami przed ekranem.
        Nad ranem chwycił mróz i wszystkie szyby w samochodach pokryły się białym szronem.
        Studenci protestowali przed uczelnią, ponieważ nie zgadzali się na zamknięcie akademika.
        Pszczoły ostrzegają się nawzajem przed szerszeniami, uderzając skrzydłami o ul.
        Zapomniałaś chyba, że obiecałaś mi pomóc w przenoszeniu książek do piwnicy.
        Na targu kupiłem ogórki, koper i czosnek, więc w sobotę będziemy robić przetwory.
        Zawodniczka pobiegła szybciej niż kiedykolwiek, a mimo to zajęła dopiero czwarte miejsce.
        Wujek naprawił rower, który stał w szopie od czasów, kiedy był uczniem technikum.
        Ktoś zostawił na ławce w parku walizkę pełną nut i starych programów teatralnych.
        Księżyc świecił tak jasno, że na śniegu było widać cienie wszystkich drzew.
        Pracownicy huty domagają się podwyżek i zapowiadają, że nie wrócą do pieców.
        Wyjmij masło z lodówki godzinę wcześniej, żeby dało się je łatwo utrzeć z cukrem.
        Jeż, który zamieszkał w naszym ogrodzie, wychodzi dopiero wtedy, gdy zapada zmrok.
        Ojciec nigdy nie lubił podróżować, ale na stare lata kupił sobie żaglówkę.
        Mieszkańcy wsi zbudowali kościół z drewna, nie używając przy tym ani jednego gwoździa.
        Halo, słyszysz mnie? Jestem jeszcze w pociągu i co chwilę wjeżdżamy do tunelu.
        W zeszłym roku bociany przyleciały późno i wychowały tylko jedno pisklę.
        Nowa koleżanka w biurze pachnie lawendą i zawsze przynosi drożdżówki dla wszystkich.
        W czasie upałów rzeka tak opadła, że przy moście widać było stare pale i zardzewiałą kotwicę.
        Uczniowie przygotowali przedstawienie o tym, jak dawniej wyglądało życie flisaków.
        Nie mogę się przyzwyczaić do tego, że po schodach nikt już nie biega i nie trzaska drzwiami.
        Podczas wykopalisk trafiono na garnek pełen srebrnych monet, owinięty w kawałek płótna.
        Córka nie chce jeść niczego zielonego, więc szpinak nazywamy trawą dla dinozaurów.
        Pada od samego rana, a ja muszę jeszcze wyjść z psem i odebrać paczkę z poczty.
        Kierowca tira zgubił na zakręcie skrzynki z pomidorami i ruch na szosie wstrzymano.
        Sprawdź, czy żelazko jest wyłączone, i zamknij drzwi na oba zamki, kiedy będziesz wychodzić.
        W bibliotece panowała cisza, tylko stary zegar tykał gdzieś pomiędzy regałami.
        Ambasador wyjechał w pośpiechu, zostawiając na biurku niedokończony list do żony.
        Nasz pies boi się odkurzacza, ale na widok dzika potrafi szczekać jak lew.
        Gdybym miała więcej odwagi, rzuciłabym pracę w banku i otworzyła małą kawiarnię.
        Tej zimy w górach spadło tyle śniegu, że do schroniska można dotrzeć tylko na nartach.
        Szewc z naszej ulicy przechodzi na emeryturę i nikt nie chce przejąć jego warsztatu.
        Poczekaj, aż woda się zagotuje, wsyp kaszę i mieszaj, żeby nie przywarła do dna.
        Astronomowie znaleźli planetę, na której jeden dzień trwa dłużej niż cały rok.
        Mama zawsze powtarzała, że gość w domu to święto, nawet jeśli w spiżarni jest pusto.
        Chłopak upuścił bilet na tory i przez całą drogę bał się, że przyjdzie kontroler.
        W sierpniu jeździliśmy na wieś do żniw i spaliśmy w stodole na świeżym sianie.
        Dyrektor teatru ogłosił, że premiera się nie odbędzie, ponieważ główny aktor stracił głos.
        Wiewiórka zakopała orzechy w doniczkach na balkonie i teraz wszędzie rosną leszczyny.
        Powiedz jej, że może przyjść, kiedy zechce, byle nie zapomniała o kluczach do strychu.
        Latem turyści przyjeżdżają tu tłumnie, lecz jesienią wyspa znowu należy do rybaków.
        Ze starego swetra można zrobić czapkę i rękawiczki, jeśli ostrożnie spruje się rękawy.
        Bracia pokłócili się o pole i przez dwadzieścia lat nie zamienili ani słowa.
        Wieczorami cała rodzina darła pierze, a ciotka opowiadała historie o topielcach.
        Samolot wylądował bezpiecznie, chociaż mgła była gęsta jak mleko i pilot nic nie widział.
        W laboratorium wybuchł pożar, ale dzięki szybkiej reakcji woźnej nikt nie ucierpiał.
        Jak się czujesz po operacji? Słyszałem, że już chodzisz i narzekasz na jedzenie.
        Borsuki kopią nory tak głębokie, że mieszka w nich czasem kilka pokoleń jednocześnie.
        Na urodziny dostałem od kolegów z pracy wędkę i teraz muszę nauczyć się łowić ryby.
        Powstańcy bronili mostu przez trzy dni, zanim skończyła im się amunicja.
        Tramwaje nie kursują, ponieważ oberwał się przewód i trzeba wezwać pogotowie techniczne.
        Szkoda, że cię tu nie ma, bo z tarasu widać całą zatokę i światła latarni morskiej.
        Ceny jabłek spadły tak bardzo, że sadownikom nie opłaca się ich nawet zbierać.
        Dziewczynka wsunęła liścik do butelki, zakorkowała ją i wrzuciła do potoku za młynem.
        Każdego dnia o świcie piekarz rozwozi bułki rowerem i gwiżdże tę samą melodię.
        Nikt się nie spodziewał, że ten cichy chłopiec zostanie kiedyś sławnym skrzypkiem.
        Okno w kuchni nie chce się domknąć, więc zimą wkładamy w szparę zwinięty koc.
        Trener mówi, że najważniejszy jest oddech i że nie wolno zaczynać biegu zbyt szybko.
        Gdzie położyłeś śrubokręt? Bez niego nie złożymy tej szafki przed przyjazdem gości.
        Po burzy powietrze pachniało mokrą ziemią, a na ścieżce pojawiły się dziesiątki ślimaków.
        Rozmawialiśmy do późna o tym, co każde z nas zrobiłoby, gdyby mogło zacząć od nowa.
        """
}
