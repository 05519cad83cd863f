// Sentences in Dutch, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let dutch = """
        Ik heb gisteren de hele avond naar mijn sleutels gezocht, maar ze lagen gewoon in de koelkast.
        Het blijft vandaag grijs en nat, maar morgen breekt de zon af en toe door de wolken.
        Mijn oma maakte vroeger altijd erwtensoep met rookworst zodra het begon te vriezen.
        We zijn met de fiets langs de rivier gereden en hebben onderweg ijs gegeten.
        De gemeente wil het oude zwembad slopen, tot groot verdriet van de buurtbewoners.
        Heb je zin om zaterdag mee te gaan naar de markt? Ik wil verse kaas en bloemen kopen.
        De juf vroeg aan de kinderen of ze een tekening van hun eigen huis wilden maken.
        Volgens de onderzoekers slapen veel jongeren te weinig omdat ze te lang op hun telefoon kijken.
        Toen de dijk doorbrak, vluchtten de boeren met hun koeien naar de hoger gelegen kerk.
        Onze ploeg stond met rust nog achter, maar won uiteindelijk toch met groot verschil.
        De hond van de buren blaft de hele dag door wanneer zij allebei naar hun werk zijn.
        Snijd de uien in dunne ringen en bak ze op laag vuur tot ze mooi goudbruin zijn.
        Ik wist niet dat jij ook uit dat dorp kwam; misschien kennen we wel dezelfde mensen.
        De trein naar Groningen vertrekt vandaag van een ander spoor dan u gewend bent.
        Mijn zusje wil later dierenarts worden, al durft ze nog geen spin aan te raken.
        ‘Wat ben jij laat,’ zei moeder, ‘het eten staat al een uur koud te worden.’
        In de herfst trekken duizenden ganzen over ons huis, op weg naar warmere streken.
        Ze had zo hard gelachen dat de tranen over haar wangen liepen en ze nauwelijks kon ademen.
        Vergeet niet om de planten water te geven terwijl wij met vakantie zijn.
        De koning opende gisteren een nieuw museum over de geschiedenis van de scheepvaart.
        Er zat een gat in mijn band, dus ik moest het laatste stuk naar school lopen.
        Hij schreef haar een lange brief, maar durfde hem uiteindelijk niet op de bus te doen.
        Kun je het raam even dichtdoen? Het tocht hier en ik heb het behoorlijk koud.
        De boer melkt zijn koeien om vijf uur, wanneer de rest van het dorp nog slaapt.
        Omdat de winkel al gesloten was, hebben we maar een pizza laten bezorgen.
        Een spin maakt haar web van draden die sterker zijn dan staal van dezelfde dikte.
        Mijn vader heeft veertig jaar in de haven gewerkt en kent er nog steeds iedereen.
        De kinderen bouwden een hut van takken en bladeren en wilden er de hele nacht blijven.
        Het ziekenhuis zoekt dringend verpleegkundigen die ook in het weekend willen werken.
        Ik vind het jammer dat je niet op mijn verjaardag kunt komen, maar ik begrijp het wel.
        Op het ijs was het zo druk dat je bijna niet kon schaatsen zonder iemand te raken.
        Draai de kraan eerst dicht voordat je de oude leiding losmaakt, anders wordt alles nat.
        De schilder woonde zijn hele leven in hetzelfde smalle huis aan de gracht.
        Wie heeft er nog vragen over het huiswerk voordat we aan het volgende hoofdstuk beginnen?
        Door de harde wind zijn er vannacht bomen omgewaaid en enkele wegen afgesloten.
        Zij werkt overdag in een bakkerij en studeert 's avonds rechten aan de universiteit.
        Mijn opa vertelde dat ze in de oorlog bloembollen aten omdat er niets anders meer was.
        De poes ligt het liefst op de warme wasmachine, vooral als die aan het draaien is.
        We moeten nog boodschappen doen, want er is geen melk meer en het brood is op.
        De minister beloofde dat er volgend jaar meer geld naar het onderwijs zou gaan.
        Toen ik wakker werd, hoorde ik de regen zachtjes op het dak van de tent tikken.
        Hij rende zo snel mogelijk naar de halte, maar zag de bus nog net wegrijden.
        Bijen zijn belangrijk voor de fruitteelt, omdat ze de bloesem van de bomen bestuiven.
        Beste mevrouw, hartelijk dank voor uw uitnodiging, die wij graag aannemen.
        Het meisje fietste met losse handen over het plein en viel precies voor onze deur.
        Roer de boter en de suiker tot een romig mengsel en voeg daarna de eieren toe.
        Vroeger stonden er wel honderd molens in deze streek, maar er zijn er nog maar drie over.
        Mijn collega praat zo veel dat ik pas kan werken wanneer zij met pauze is.
        De scheidsrechter keurde het doelpunt af, hoewel de bal duidelijk over de lijn was.
        Waarom heb je niet gezegd dat je ziek was? Dan had ik soep voor je gekookt.
        Aan de kust kun je bij laag water over het wad naar het eiland lopen, maar alleen met een gids.
        De oude vrouw zat elke middag op hetzelfde bankje en voerde de eenden in de vijver.
        Er komt steeds meer plastic in zee terecht, en dat is slecht voor vissen en vogels.
        Ik heb mijn moeder beloofd dat ik haar dit weekend zal helpen met behangen.
        De leerlingen moesten een gedicht uit hun hoofd leren en het voor de klas opzeggen.
        Sinds wij een tuin hebben, eten we de hele zomer sla en boontjes uit eigen grond.
        Het schip verging in een zware storm en werd pas eeuwen later door duikers gevonden.
        Je mag best een koekje nemen, maar bewaar er ook een paar voor je broertje.
        De ober vergat onze bestelling, waardoor we pas om tien uur konden gaan eten.
        Vanuit het zolderraam zag hij hoe de mist langzaam over de weilanden kroop.
        Na de vergadering bleven we nog wat napraten en dronken we samen een glas wijn.
        De dokter zei dat ik meer moest bewegen en niet de hele dag achter een scherm moest zitten.
        Onze kleinzoon wil elke avond hetzelfde verhaaltje horen over de uil die niet kon slapen.
        Zet de kast maar tegen de muur, dan kunnen we de tafel bij het raam schuiven.
        De politie heeft gisteravond twee mannen aangehouden die koper van het spoor stalen.
        Het was zo warm dat het asfalt smolt en niemand zin had om iets te doen.
        Op vrijdag eten wij meestal vis, die mijn man vers bij de kraam op de hoek haalt.
        Sterren lijken te fonkelen doordat hun licht door bewegende lucht heen moet.
        Ze liep zwijgend door het huis waar ze was geboren en raakte elke deurknop even aan.
        De nieuwe buurman heeft zich nog niet voorgesteld, maar hij groet wel altijd vriendelijk.
        Als het morgen niet regent, gaan we met de hele familie naar het strand.
        De wedstrijd werd gestaakt omdat er supporters met vuurwerk het veld op renden.
        Mijn tante bewaart al haar foto's in oude schoenendozen onder het bed.
        In de middeleeuwen dronk men op feestdagen graag bier, dat toen in elk klooster werd gebrouwen.
        Hoe laat moet je morgen op je werk zijn, en zal ik je dan even met de auto brengen?
        Het duurde weken voordat het jonge veulen uit de hand van de boerin durfde te eten.
        Hij kocht een kaartje voor de verkeerde film en vond het toch een prachtige avond.
        Veel winkels in het centrum staan leeg, doordat mensen hun spullen liever thuis bestellen.
        Maak eerst een gaatje in de muur, stop de plug erin en draai dan pas de schroef vast.
        De wandelaars waren zo moe dat ze met hun schoenen aan op bed in slaap vielen.
        Lieve Sanne, het spijt me dat ik zo lang niets van me heb laten horen.
        Boven op de toren heb je bij helder weer een prachtig uitzicht over de polders.
        Het orkest speelde het laatste stuk nog een keer, omdat het publiek bleef klappen.
        Mijn broer zegt dat hij nooit liegt, maar hij kijkt daarbij altijd naar zijn schoenen.
        De egel rolt zich op tot een stekelige bal zodra hij merkt dat er gevaar dreigt.
        Ik zou graag een kilo aardappelen willen, en doet u er ook maar een bosje peterselie bij.
        Door een storing konden reizigers urenlang geen kaartjes kopen op het station.
        Ze trok haar laarzen aan en stapte dwars door de plassen, net als toen ze klein was.
        Het is niet eerlijk dat hij altijd voorin mag zitten en ik nooit aan de beurt kom.
        De bibliotheek leent tegenwoordig ook gereedschap, spelletjes en zelfs naaimachines uit.
        """
}
